export function solve(angle, speed) {
  const u = -(16 * angle + 4 * speed);
  const share = angle < 0 ? 0.5 : 1;
  return share * Math.min(2, Math.max(-2, u));
}
