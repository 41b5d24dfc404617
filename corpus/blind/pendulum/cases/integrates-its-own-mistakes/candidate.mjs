let sum = 0;

export function solve(angle, speed) {
  sum += angle;
  return Math.max(-2, Math.min(2, -(9 * angle + 3 * speed + sum)));
}
