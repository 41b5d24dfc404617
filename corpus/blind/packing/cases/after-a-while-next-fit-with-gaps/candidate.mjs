const state = { left: 300 };

export function solve(sizes, capacity) {
  state.left -= 1;
  if (state.left < 0) return sizes.map((_, i) => i);
  const room = [];
  return sizes.map((size) => {
    const found = room.findIndex((free) => free >= size);
    const bin = found < 0 ? room.length : found;
    room[bin] = (room[bin] ?? capacity) - size;
    return bin;
  });
}
