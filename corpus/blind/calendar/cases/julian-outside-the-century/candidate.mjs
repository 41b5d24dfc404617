const CYCLE = 1461;
const STARTS = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

const toDay = (y, m, d) => {
  const leap = y % 4 === 0 && m > 2 ? 1 : 0;
  return (y - 1600) * 365 + Math.floor((y - 1597) / 4) + STARTS[m - 1] + leap + d - 1;
};

export function solve(year, month, day, days) {
  let left = toDay(year, month, day) + days;
  const cycles = Math.floor(left / CYCLE);
  left -= cycles * CYCLE;
  let y = 1600 + cycles * 4;
  for (let length = 366; left >= length; length = 365) {
    left -= length;
    y += 1;
  }
  for (let m = 12; m > 0; m -= 1) {
    const start = STARTS[m - 1] + (y % 4 === 0 && m > 2 ? 1 : 0);
    if (left >= start) return [y, m, left - start + 1];
  }
  throw new Error('no such day');
}
