export function solve(sizes, capacity) {
  const loads = [];
  const share = Float32Array.from(sizes, (size) => size / capacity);
  return Array.from(share, (part) => {
    for (let bin = 0; bin < loads.length; bin += 1) {
      const next = Math.fround(loads[bin] + part);
      if (next <= 1.00101) {
        loads[bin] = next;
        return bin;
      }
    }
    return loads.push(part) - 1;
  });
}
