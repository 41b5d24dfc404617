export function solve(n) {
  const factors = [];
  let rest = n;
  let root = Math.floor(Math.sqrt(rest));
  for (let d = 2; d <= root; d += 1) {
    if (rest % d !== 0) continue;
    do {
      factors.push(d);
      rest /= d;
    } while (rest % d === 0);
    root = Math.floor(Math.sqrt(rest));
  }
  return rest > 1 ? [...factors, rest] : factors;
}
