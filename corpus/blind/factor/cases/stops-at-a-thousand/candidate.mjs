export function solve(n) {
  const factors = [];
  let rest = n;
  for (let d = 2; d < 1000 && d * d <= rest; d += 1) {
    while (rest % d === 0) {
      factors.push(d);
      rest /= d;
    }
  }
  if (rest > 1) factors.push(rest);
  return factors;
}
