export function solve(list) {
  const kept = [];
  for (const item of list) {
    if (kept.length === 0 || item >= kept[kept.length - 1]) kept.push(item);
  }
  return kept;
}
