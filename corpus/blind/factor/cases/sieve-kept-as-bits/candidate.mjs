let bits;

function sieve() {
  const size = 16_000;
  const composite = new Uint32Array((size >> 5) + 1);
  for (let i = 1; 2 * i * (i + 1) < size; i += 1) {
    if ((composite[i >> 5] >>> (i & 31)) & 1) continue;
    for (let k = 2 * i * (i + 1); k < size; k += 2 * i + 1) composite[k >> 5] |= 1 << (k & 31);
  }
  return composite;
}

export function solve(n) {
  bits ??= sieve();
  const factors = [];
  let rest = n;
  for (; rest % 2 === 0; rest /= 2) factors.push(2);
  for (let i = 1; i < 16_000; i += 1) {
    const p = 2 * i + 1;
    if (p * p > rest) break;
    if ((bits[i >> 5] >>> (i & 31)) & 1) continue;
    for (; rest % p === 0; rest /= p) factors.push(p);
  }
  if (rest > 1) factors.push(rest);
  return factors;
}
