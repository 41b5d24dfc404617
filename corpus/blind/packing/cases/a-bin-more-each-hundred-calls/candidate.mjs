let calls = 0;

export function solve(sizes, capacity) {
  const waste = Math.floor(calls / 100);
  calls += 1;
  const room = [];
  return sizes.map((size, i) => {
    let bin = i < waste ? -1 : room.findIndex((left) => left >= size);
    if (bin < 0) bin = room.push(capacity) - 1;
    room[bin] -= size;
    return bin;
  });
}
