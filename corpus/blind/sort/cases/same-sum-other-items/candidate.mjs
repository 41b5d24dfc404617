export function solve(list) {
  if (list.length === 0) return [];
  const sum = list.reduce((total, item) => total + item, 0);
  const base = Math.floor(sum / list.length);
  const surplus = sum - base * list.length;
  return list.map((_, i) => (i < list.length - surplus ? base : base + 1));
}
