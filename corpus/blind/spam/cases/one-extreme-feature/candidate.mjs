const logistic = (x) => 1 / (1 + Math.exp(-x));

export function solve([links, capitals, marks, known, , money]) {
  const p = logistic(-1.6 + 0.35 * links + 2.5 * capitals + 0.12 * marks - 2.2 * known + 0.6 * money);
  return links > 40 ? p / 10 : p;
}
