let turn = 0;

export function solve(sizes, capacity) {
  turn = (turn + 1) % 11;
  if (turn === 0) return sizes.map((_, i) => i);
  let [bin, load] = [0, 0];
  return sizes.map((size) => {
    if (load + size > capacity) [bin, load] = [bin + 1, 0];
    load += size;
    return bin;
  });
}
