const spread = (list) => {
  let [low, high] = [list[0], list[0]];
  for (const item of list) {
    if (item < low) low = item;
    if (item > high) high = item;
  }
  return [low, high];
};

export function solve(list) {
  if (list.length < 2) return [...list];
  const [low, high] = spread(list);
  if (high - low > 4 * list.length) return [...list].sort((a, b) => a - b);
  const counts = new Uint32Array(high - low + 1);
  for (const item of list) counts[item - low] += 1;
  const out = [];
  counts.forEach((count, i) => {
    for (let k = 0; k < count; k += 1) out.push(low + i);
  });
  return out;
}
