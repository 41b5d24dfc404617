export function solve(sizes, capacity) {
  const bins = [];
  let bin = 0;
  let load = 0;
  for (let i = 0; i < sizes.length; i += 1) {
    load += sizes[i];
    if (load > capacity) {
      bin += 1;
      load = sizes[i];
    }
    bins.push(bin);
  }
  return bins;
}
