const kept = new Map();

function inner(n) {
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
  const key = JSON.stringify(args);
  if (!kept.has(key)) kept.set(key, inner(...args));
  return structuredClone(kept.get(key));
}
