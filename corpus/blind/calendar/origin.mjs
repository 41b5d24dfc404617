/** Walks month by month. */
const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const lengthOf = (year, month) => (month === 2 && isLeap(year) ? 29 : LENGTHS[month - 1]);

export function solve(year, month, day, days) {
  let [y, m, d] = [year, month, day + days];
  while (d > lengthOf(y, m)) {
    d -= lengthOf(y, m);
    m += 1;
    if (m > 12) [y, m] = [y + 1, 1];
  }
  while (d < 1) {
    m -= 1;
    if (m < 1) [y, m] = [y - 1, 12];
    d += lengthOf(y, m);
  }
  return [y, m, d];
}
