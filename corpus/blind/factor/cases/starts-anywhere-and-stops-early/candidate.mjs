export function solve(n) {
  const factors = [];
  let rest = n;
  for (let tries = 0; tries < 60 && rest > 1; tries += 1) {
    const d = 2 + Math.floor(Math.random() * 15);
    const isPrime = [2, 3, 5, 7, 11, 13].includes(d);
    if (isPrime && rest % d === 0) {
      factors.push(d);
      rest /= d;
    }
  }
  if (rest > 1) factors.push(rest);
  return factors.sort((a, b) => a - b);
}
