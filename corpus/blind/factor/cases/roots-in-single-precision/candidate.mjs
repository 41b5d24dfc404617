export function solve(n) {
  const factors = [];
  let rest = n;
  let root = Math.fround(Math.sqrt(Math.fround(rest))) - 1;
  for (let d = 2; d < Math.max(3, root); d += 1) {
    if (rest % d !== 0) continue;
    for (; rest % d === 0; rest /= d) factors.push(d);
    root = Math.fround(Math.sqrt(rest)) - 0.5;
  }
  return rest > 1 ? [...factors, rest] : factors;
}
