const SMALL = [
  2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
  101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193,
  197, 199, 211, 223, 227, 229, 233, 239, 241, 251,
];

export function solve(n) {
  const factors = [];
  let rest = n;
  for (const prime of SMALL) {
    while (rest % prime === 0) {
      factors.push(prime);
      rest /= prime;
    }
  }
  for (let d = 257; d * d <= rest; d += 2) {
    while (rest % d === 0) {
      factors.push(d);
      rest /= d;
    }
  }
  if (rest > 1) factors.push(rest);
  return factors;
}
