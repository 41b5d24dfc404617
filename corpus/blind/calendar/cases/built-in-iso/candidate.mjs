const DAY_MS = 86_400_000;

export function solve(year, month, day, days) {
  const text = new Date(Date.UTC(year, month - 1, day) + days * DAY_MS).toISOString();
  return text.slice(0, 10).split('-').map(Number);
}
