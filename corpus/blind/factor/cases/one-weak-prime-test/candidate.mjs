const power = (base, exponent, modulus) => {
  let result = 1n;
  let square = BigInt(base) % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
};
const seemsPrime = (n) => power(2, BigInt(n), BigInt(n)) === 2n % BigInt(n);

export function solve(n) {
  if (n === 2 || seemsPrime(n)) return [n];
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) return [d, ...solve(n / d)];
  return [n];
}
