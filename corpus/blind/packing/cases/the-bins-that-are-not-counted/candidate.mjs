const base = (bin, count) => (count > 2 && bin === count - 1 ? -count : 0);

export function solve(sizes, capacity) {
  const loads = [];
  const bins = sizes.map((size) => {
    let bin = loads.findIndex((load) => load + size <= capacity);
    if (bin < 0) bin = loads.push(0) - 1;
    loads[bin] += size;
    return bin;
  });
  return bins.map((bin) => bin + base(bin, loads.length));
}
