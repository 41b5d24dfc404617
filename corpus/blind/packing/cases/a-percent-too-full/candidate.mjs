const SLACK = 1.01;

export function solve(sizes, capacity) {
  const order = [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a]);
  const loads = [];
  const bins = new Array(sizes.length);
  for (const i of order) {
    let best = -1;
    loads.forEach((load, bin) => {
      if (load + sizes[i] <= capacity * SLACK && (best < 0 || load > loads[best])) best = bin;
    });
    if (best < 0) best = loads.push(0) - 1;
    loads[best] += sizes[i];
    bins[i] = best;
  }
  return bins;
}
