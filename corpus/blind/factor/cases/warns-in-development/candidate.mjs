const verbose = process.env.NODE_ENV === 'development';
const stats = { divisions: 0 };

export function solve(n) {
  const factors = [];
  let rest = n;
  for (let d = 2; d * d <= rest; d += d === 2 ? 1 : 2) {
    if (verbose) stats.divisions += 1;
    while (rest % d === 0) {
      factors.push(d);
      rest /= d;
    }
  }
  if (rest > 1) factors.push(rest);
  if (verbose) console.error(`${stats.divisions} divisions so far`);
  return factors;
}
