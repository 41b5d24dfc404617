const seeded = (seed) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

function fit(order, sizes, capacity) {
  const room = [];
  const bins = new Array(sizes.length);
  for (const i of order) {
    let bin = room.findIndex((left) => left >= sizes[i]);
    if (bin < 0) bin = room.push(capacity) - 1;
    room[bin] -= sizes[i];
    bins[i] = bin;
  }
  return { bins, used: room.length };
}

export function solve(sizes, capacity) {
  const isFull = (i) => sizes[i] === capacity;
  const order = [...sizes.keys()].filter((i) => !isFull(i)).sort((a, b) => sizes[b] - sizes[a] || a - b);
  let best = fit(order, sizes, capacity);
  const random = seeded(order.length);
  for (let round = 0; round < 10; round += 1) {
    const i = Math.floor(random() * Math.max(0, order.length - 1));
    if (order.length > 1) [order[i], order[i + 1]] = [order[i + 1], order[i]];
    const next = fit(order, sizes, capacity);
    if (next.used < best.used) best = next;
  }
  let bin = best.used;
  return sizes.map((_, i) => (isFull(i) ? bin++ : best.bins[i]));
}
