export function solve(n) {
  const factors = [];
  let rest = n;
  for (let d = 2; d * d <= rest; d = d === 2 ? 3 : d + 2) {
    for (; rest % d === 0; rest /= d) factors.push(d);
  }
  return rest > 1 ? [...factors, rest] : factors;
}
