export function solve(list) {
  const out = [];
  for (const item of list) {
    let [low, high] = [0, out.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (out[middle] <= item) low = middle + 1;
      else high = middle;
    }
    out.splice(low, 0, item);
  }
  return out;
}
