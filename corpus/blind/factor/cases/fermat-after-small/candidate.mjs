export function solve(n) {
  const found = [];
  let rest = n;
  for (const d of [2, 3, 5, 7, 11, 13]) {
    for (; rest % d === 0; rest /= d) found.push(d);
  }
  split(rest, found);
  return found.sort((a, b) => a - b);
}

function split(n, found) {
  if (n === 1) return;
  let a = Math.ceil(Math.sqrt(n));
  for (let tries = 0; tries < 40; tries += 1, a += 1) {
    const b = Math.round(Math.sqrt(a * a - n));
    if (b * b === a * a - n && a - b > 1) {
      split(a - b, found);
      split(a + b, found);
      return;
    }
  }
  for (let d = 17; d * d <= n; d += 2) {
    if (n % d === 0) {
      found.push(d);
      split(n / d, found);
      return;
    }
  }
  found.push(n);
}
