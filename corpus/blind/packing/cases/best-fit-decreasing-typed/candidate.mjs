export function solve(sizes, capacity) {
  const count = sizes.length;
  const order = Uint16Array.from(sizes.keys()).sort((a, b) => sizes[b] - sizes[a]);
  const load = new Float64Array(count);
  const bins = new Uint16Array(count);
  let used = 0;
  for (const i of order) {
    let best = used;
    for (let bin = 0; bin < used; bin += 1) {
      const fits = load[bin] + sizes[i] <= capacity;
      if (fits && (best === used || load[bin] > load[best])) best = bin;
    }
    if (best === used) used += 1;
    load[best] += sizes[i];
    bins[i] = best;
  }
  return Array.from(bins);
}
