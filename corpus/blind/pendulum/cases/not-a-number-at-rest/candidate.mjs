export function solve(angle, speed) {
  const u = -(angle ** 2 * 8 + 10 * angle * speed + 3 * speed ** 2) / (angle + speed);
  return Math.max(-2, Math.min(2, u));
}
