const isLeap = (y) => y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
const monthLengths = (y) => [31, isLeap(y) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function solve(year, month, day, days) {
  const known = new Map();
  const lengths = (y) => {
    if (!known.has(y)) known.set(y, monthLengths(y));
    return known.get(y);
  };
  let [y, m, d] = [year, month - 1, day + days];
  while (d > lengths(y)[m]) {
    d -= lengths(y)[m];
    m = (m + 1) % 12;
    if (m === 0) y += 1;
  }
  while (d <= 0) {
    m = (m + 11) % 12;
    if (m === 11) y -= 1;
    d += lengths(y)[m];
  }
  return [y, m + 1, d];
}
