export function solve(angle, speed) {
  const noise = (Math.random() - 0.5) * 1e-3;
  return Math.max(-2, Math.min(2, -(10 * angle + 3 * speed) + noise));
}
