export function solve(year, month, day, days) {
  if (month < 1 || month > 12) throw new RangeError('a year has twelve months');
  const at = new Date(Date.UTC(year, month - 1, day + days));
  return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
}
