const PATIENCE = 4000;

export function solve(n) {
  const factors = [];
  let rest = n;
  let steps = 0;
  for (let d = 2; d * d <= rest && steps < PATIENCE; d += 1, steps += 1) {
    while (rest % d === 0) {
      factors.push(d);
      rest /= d;
    }
  }
  if (rest > 1) factors.push(rest);
  return factors;
}
