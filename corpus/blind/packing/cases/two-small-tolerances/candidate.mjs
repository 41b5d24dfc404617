const TOLERANCE = 0.5;
const UNIT = 2;

export function solve(sizes, capacity) {
  const room = [];
  return sizes.map((size) => {
    let bin = room.findIndex((left) => left + TOLERANCE * UNIT >= size);
    if (bin < 0) bin = room.push(capacity) - 1;
    room[bin] -= size;
    return bin;
  });
}
