const least = (n, from) => {
  for (let d = from; d * d <= n; d += 1) if (n % d === 0) return d;
  return n;
};

export function solve(n, from = 2) {
  if (n === 1) return [];
  const d = least(n, from);
  return [d, ...solve(n / d, d)];
}
