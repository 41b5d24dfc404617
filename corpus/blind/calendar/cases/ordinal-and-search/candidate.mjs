const leaps = (y) => Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
const yearStart = (y) => 365 * y + leaps(y - 1) + 1;
const CUMULATIVE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
const isLeap = (y) => leaps(y) > leaps(y - 1);
const monthStart = (y, m) => CUMULATIVE[m - 1] + (m > 2 && isLeap(y) ? 1 : 0);

export function solve(year, month, day, days) {
  const n = yearStart(year) + monthStart(year, month) + day - 1 + days;
  let [low, high] = [0, 10_000];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (yearStart(middle) <= n) low = middle;
    else high = middle;
  }
  const ofYear = n - yearStart(low);
  let m = 12;
  while (monthStart(low, m) > ofYear) m -= 1;
  return [low, m, ofYear - monthStart(low, m) + 1];
}
