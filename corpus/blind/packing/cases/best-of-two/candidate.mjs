const pack = (order, sizes, capacity) => {
  const room = [];
  const bins = [];
  for (const i of order) {
    let bin = room.findIndex((left) => left >= sizes[i]);
    if (bin < 0) bin = room.push(capacity) - 1;
    room[bin] -= sizes[i];
    bins[i] = bin;
  }
  return [room.length, bins];
};

export function solve(sizes, capacity) {
  const given = [...sizes.keys()];
  const falling = [...given].sort((a, b) => sizes[b] - sizes[a]);
  const [one, other] = [pack(given, sizes, capacity), pack(falling, sizes, capacity)];
  return one[0] <= other[0] ? one[1] : other[1];
}
