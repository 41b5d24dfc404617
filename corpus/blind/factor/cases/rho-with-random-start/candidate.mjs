const gcd = (a, b) => {
  while (b) [a, b] = [b, a % b];
  return a;
};
const isPrime = (n) => {
  if (n < 4) return n > 1;
  if (n % 2 === 0) return false;
  for (let d = 3; d * d <= n; d += 2) if (n % d === 0) return false;
  return true;
};
const times = (a, b, n) => Number((BigInt(a) * BigInt(b)) % BigInt(n));

function findDivisor(n) {
  if (n % 2 === 0) return 2;
  if (n % 3 === 0) return 3;
  for (;;) {
    const c = 1 + Math.floor(Math.random() * (n - 1));
    let x = Math.floor(Math.random() * n);
    let y = x;
    let d = 1;
    while (d === 1) {
      x = (times(x, x, n) + c) % n;
      y = (times(y, y, n) + c) % n;
      y = (times(y, y, n) + c) % n;
      d = gcd(Math.abs(x - y), n);
    }
    if (d < n) return d;
  }
}

function split(n) {
  if (n === 1) return [];
  if (isPrime(n)) return [n];
  const d = findDivisor(n);
  return [...split(d), ...split(n / d)];
}

export const solve = (n) => split(n).sort((a, b) => a - b);
