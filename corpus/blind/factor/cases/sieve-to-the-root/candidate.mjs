const ROOT = 31_623;
const isComposite = new Uint8Array(ROOT + 1);
const primes = [];
for (let n = 2; n <= ROOT; n += 1) {
  if (isComposite[n]) continue;
  primes.push(n);
  for (let k = n * n; k <= ROOT; k += n) isComposite[k] = 1;
}

export function solve(n) {
  const factors = [];
  let rest = n;
  for (const prime of primes) {
    if (prime * prime > rest) break;
    while (rest % prime === 0) {
      factors.push(prime);
      rest /= prime;
    }
  }
  if (rest > 1) factors.push(rest);
  return factors;
}
