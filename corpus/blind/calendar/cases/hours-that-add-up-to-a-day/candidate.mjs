const YEAR = 365.2425;
const MONTHS = [31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const sums = MONTHS.reduce((all, length) => [...all, all.at(-1) + length], [0]);

export function solve(year, month, day, days) {
  const at = year * YEAR + sums[month - 1] + day - 1 + days;
  const y = Math.floor(at / YEAR);
  const rest = at - y * YEAR;
  const m = sums.findLastIndex((start) => start <= rest + 1e-9);
  return [y, m + 1, Math.floor(rest - sums[m]) + 1];
}
