const primes = [2, 3];

function extendTo(root) {
  for (let n = primes[primes.length - 1] + 2; primes[primes.length - 1] < root; n += 2) {
    let isPrime = true;
    for (const p of primes) {
      if (p * p > n) break;
      if (n % p === 0) {
        isPrime = false;
        break;
      }
    }
    if (isPrime) primes.push(n);
  }
}

export function solve(n) {
  const factors = [];
  let rest = n;
  for (let i = 0; ; i += 1) {
    if (i === primes.length) extendTo(primes[i - 1] + 1);
    const p = primes[i];
    if (p * p > rest) break;
    for (; rest % p === 0; rest /= p) factors.push(p);
  }
  if (rest > 1) factors.push(rest);
  return factors;
}
