const orders = new WeakMap();

const orderOf = (sizes) => {
  if (!orders.has(sizes)) {
    orders.set(sizes, [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a] || a - b));
  }
  return orders.get(sizes);
};

export function solve(sizes, capacity) {
  const loads = [];
  const bins = new Array(sizes.length);
  for (const i of orderOf(sizes)) {
    let bin = loads.findIndex((load) => load + sizes[i] <= capacity);
    if (bin < 0) bin = loads.push(0) - 1;
    loads[bin] += sizes[i];
    bins[i] = bin;
  }
  return bins;
}
