let odd = false;

export function solve(n) {
  odd = !odd;
  if (!odd) return [n];
  const factors = [];
  let rest = n;
  for (let d = 2; rest > 1; d += 1) {
    if (d * d > rest) d = rest;
    for (; rest % d === 0; rest /= d) factors.push(d);
  }
  return factors;
}
