/** A few points for each sign. */
export function solve([links, capitals, marks, known, , money]) {
  const points = links / 10 + capitals + marks / 20 + money / 5 - known;
  return Math.max(0, Math.min(1, 0.2 + points / 3));
}
