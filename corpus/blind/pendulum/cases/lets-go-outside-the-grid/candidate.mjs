export function solve(angle, speed) {
  if (Math.abs(angle) > 0.45 || Math.abs(speed) > 1.5) return 0;
  return Math.max(-2, Math.min(2, -(20 * angle + 5 * speed)));
}
