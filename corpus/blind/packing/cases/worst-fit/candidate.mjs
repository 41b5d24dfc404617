export function solve(sizes, capacity) {
  const loads = [];
  const place = (size) => {
    const least = loads.indexOf(Math.min(...loads));
    if (least >= 0 && loads[least] + size <= capacity) return least;
    return loads.push(0) - 1;
  };
  return sizes.map((size) => {
    const bin = place(size);
    loads[bin] += size;
    return bin;
  });
}
