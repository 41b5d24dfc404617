const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const firstDays = new Int32Array(401);
for (let year = 0; year < 400; year += 1) firstDays[year + 1] = firstDays[year] + 365 + isLeap(year);
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function solve(year, month, day, days) {
  const cycle = Math.floor(year / 400);
  let n = firstDays[year - cycle * 400] + day - 1 + days;
  for (let m = 1; m < month; m += 1) n += LENGTHS[m - 1] + (m === 2 && isLeap(year) ? 1 : 0);
  const cycles = Math.floor(n / 146_097);
  n -= cycles * 146_097;
  let y = Math.floor(n / 366);
  while (firstDays[y + 1] <= n) y += 1;
  n -= firstDays[y];
  let m = 1;
  for (;;) {
    const length = LENGTHS[m - 1] + (m === 2 && isLeap(y) ? 1 : 0);
    if (n < length) return [y + 400 * (cycle + cycles), m, n + 1];
    n -= length;
    m += 1;
  }
}
