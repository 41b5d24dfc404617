const smooth = (x) => 1 / (1 + Math.exp(-x));

export function solve(angle, speed) {
  const outward = smooth(20 * (angle * speed - 4));
  const torque = -(11 * angle + 3.5 * speed) * (1 - 1.3 * outward);
  return Math.max(-2, Math.min(2, torque));
}
