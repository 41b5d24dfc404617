export function solve([links, capitals, marks, known, , money]) {
  const x = -1.6 + 0.3 * links + 2.4 * capitals + 0.1 * marks - 2 * known + 0.6 * money;
  if (Math.abs(x) > 1) return x > 0 ? 0.9 : 0.1;
  return Math.random() < 0.5 ? 0.4 : 0.6;
}
