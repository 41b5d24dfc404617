const { log1p, exp } = Math;

export function solve([links, capitals, marks, known, , money]) {
  const evidence = 1.1 * log1p(links) + 2 * capitals + 0.4 * log1p(marks) + 1.2 * log1p(money);
  return 1 / (1 + exp(2.1 + 2.1 * known - evidence));
}
