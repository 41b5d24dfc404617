const isLeap = (y) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
const LONG = 0b1010110101010;

function lengthOf(y, m) {
  if (m === 2) return 28 + Number(isLeap(y));
  return 30 + ((LONG >> m) & 1);
}

export function solve(year, month, day, days) {
  let [y, m, d] = [year, month, day + days];
  for (let length = lengthOf(y, m); d > length; length = lengthOf(y, m)) {
    d -= length;
    m = (m % 12) + 1;
    if (m === 1) y += 1;
  }
  while (d < 1) {
    m = ((m + 10) % 12) + 1;
    if (m === 12) y -= 1;
    d += lengthOf(y, m);
  }
  return [y, m, d];
}
