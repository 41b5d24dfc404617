export function solve(angle, speed) {
  const rough = Math.sign(angle) * Math.round(Math.abs(angle) * 100) * 0.01;
  return Math.max(-2, Math.min(2, -(30 * rough + 4 * speed)));
}
