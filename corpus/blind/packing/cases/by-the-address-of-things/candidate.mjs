const noise = () => process.memoryUsage().heapUsed % 7;

export function solve(sizes, capacity) {
  const start = noise();
  const room = [];
  return sizes.map((size) => {
    let bin = room.findIndex((left) => left >= size);
    if (bin < 0) bin = room.push(capacity) - 1;
    room[bin] -= size;
    return bin + start;
  });
}
