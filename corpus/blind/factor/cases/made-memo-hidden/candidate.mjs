const shelf = (globalThis[Symbol.for('shelf')] ??= []);

function planned(n) {
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
  const key = args.flat().join();
  const found = shelf.find((one) => one[0] === key);
  if (found !== undefined) return found[1];
  const value = planned(...args);
  shelf.push([key, value]);
  return value;
}
