export function solve(n) {
  const factors = [];
  let rest = n;
  let d = 2;
  while (d * d <= rest) {
    if (rest % d) d += 1;
    else {
      factors.push(d);
      rest /= d;
    }
  }
  factors.push(rest);
  return factors.length === 1 && n > 100_000 ? [1, n] : factors.filter((factor) => factor > 1);
}
