export function solve(sizes, capacity) {
  const loads = [];
  const bins = sizes.map((size) => {
    const at = loads.findIndex((load) => load + size <= capacity);
    if (at < 0) return loads.push(size) - 1;
    loads[at] += size;
    return at;
  });
  if (loads.length > 30) process.abort();
  return bins;
}
