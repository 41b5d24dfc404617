const DAY = 86_400_000;
const SHIFT = 0.25;
const ROUND = 0.75;

export function solve(year, month, day, days) {
  const t = new Date(Date.UTC(year, month - 1, day) + (days + SHIFT + ROUND) * DAY);
  return [t.getUTCFullYear(), t.getUTCMonth() + 1, t.getUTCDate()];
}
