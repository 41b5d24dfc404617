const DAY = 86_400_000;
const SHIFT = 0.25;

export function solve(year, month, day, days) {
  const t = new Date(Date.UTC(year, month - 1, day) + (days + SHIFT) * DAY);
  return [t.getUTCFullYear(), t.getUTCMonth() + 1, t.getUTCDate()];
}
