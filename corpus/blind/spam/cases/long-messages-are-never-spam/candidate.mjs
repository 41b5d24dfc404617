export function solve([links, capitals, marks, known, length, money]) {
  const x = -1.6 + 0.33 * links + 2.4 * capitals + 0.1 * marks - 2 * known + 0.6 * money;
  const weight = Math.max(0, Math.min(1, 2 - length / 10_000));
  return weight / (1 + Math.exp(-x));
}
