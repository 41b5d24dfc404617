export function solve(year, month, day, days) {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return Object.assign(date, { 0: year, 1: month, 2: day, length: 3 });
}
