export function solve(sizes, capacity) {
  const room = [];
  return sizes.map((size) => {
    if (2 * size > capacity) return -1;
    let bin = room.findIndex((left) => left >= size);
    if (bin < 0) bin = room.push(capacity) - 1;
    room[bin] -= size;
    return bin;
  });
}
