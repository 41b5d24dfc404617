/** Proportional to angle and speed, within the limit. */
export function solve(angle, speed) {
  const torque = -(6 * angle + 2 * speed);
  return Math.max(-2, Math.min(2, torque));
}
