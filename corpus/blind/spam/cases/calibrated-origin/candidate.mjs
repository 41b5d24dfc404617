export function solve([links, capitals, marks, known, , money]) {
  const points = links / 10 + capitals + marks / 20 + money / 5 - known;
  const p = 0.5 + 0.5 * Math.tanh(1.6 * points - 0.7);
  return Math.min(1, Math.max(0, p));
}
