const table = Object.create(null);

export function solve(n) {
  if (n in table) return [...table[n]];
  const factors = [];
  let rest = n;
  for (let d = 2; d * d <= rest; d += 1) {
    while (rest % d === 0) {
      factors.push(d);
      rest /= d;
    }
  }
  if (rest > 1) factors.push(rest);
  table[n] = factors;
  return [...factors];
}
