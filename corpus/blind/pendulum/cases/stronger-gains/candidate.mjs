export function solve(angle, speed) {
  const torque = -(22 * angle + 6 * speed);
  return Math.max(-2, Math.min(2, torque));
}
