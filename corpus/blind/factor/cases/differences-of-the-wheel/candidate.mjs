const STEPS = [6, 4, 2, 4, 2, 4, 6, 2];

export function solve(n) {
  const factors = [];
  let rest = n;
  const divide = (d) => {
    for (; rest % d === 0; rest /= d) factors.push(d);
  };
  [2, 3, 5].forEach(divide);
  for (let d = 1, i = 0; ; i = (i + 1) & 7) {
    d += STEPS[i];
    if (d * d > rest) break;
    divide(d);
  }
  if (rest > 1) factors.push(rest);
  return factors;
}
