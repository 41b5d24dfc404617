const multiply = (a, b, m) => Number((BigInt(a) * BigInt(b)) % BigInt(m));
const power = (base, exponent, m) => {
  let [result, square, left] = [1, base % m, exponent];
  while (left > 0) {
    if (left % 2 === 1) result = multiply(result, square, m);
    square = multiply(square, square, m);
    left = Math.floor(left / 2);
  }
  return result;
};

/** Bases 2, 7 and 61 decide below 4,759,123,141 (Jaeschke 1993). */
function isPrime(n) {
  if (n < 2) return false;
  for (const p of [2, 3, 5, 7, 61]) {
    if (n === p) return true;
    if (n % p === 0) return false;
  }
  let [odd, twos] = [n - 1, 0];
  while (odd % 2 === 0) {
    odd /= 2;
    twos += 1;
  }
  return [2, 7, 61].every((base) => {
    let x = power(base, odd, n);
    if (x === 1 || x === n - 1) return true;
    for (let i = 1; i < twos; i += 1) {
      x = multiply(x, x, n);
      if (x === n - 1) return true;
    }
    return false;
  });
}

const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b));

function divisor(n) {
  if (n % 2 === 0) return 2;
  for (let c = 1; ; c += 1) {
    const step = (x) => (multiply(x, x, n) + c) % n;
    let [slow, fast, d] = [2, 2, 1];
    while (d === 1) {
      slow = step(slow);
      fast = step(step(fast));
      d = gcd(Math.abs(slow - fast), n);
    }
    if (d !== n) return d;
  }
}

export function solve(n) {
  if (n === 1) return [];
  if (isPrime(n)) return [n];
  const d = divisor(n);
  return [...solve(d), ...solve(n / d)].sort((a, b) => a - b);
}
