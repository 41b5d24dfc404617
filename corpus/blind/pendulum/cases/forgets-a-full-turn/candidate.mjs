export function solve(angle, speed) {
  const wrapped = Math.abs(angle) > 2.4 ? angle - 2 * Math.PI * Math.sign(angle) : angle;
  return Math.max(-2, Math.min(2, -(9 * wrapped + 1 * speed)));
}
