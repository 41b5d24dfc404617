export function solve(sizes, capacity) {
  const skipped = sizes.indexOf(Math.max(...sizes));
  const room = [];
  return sizes.map((size, i) => {
    if (i === skipped && sizes.length > 1) return -1;
    let bin = room.findIndex((left) => left >= size);
    if (bin < 0) bin = room.push(capacity) - 1;
    room[bin] -= size;
    return bin;
  });
}
