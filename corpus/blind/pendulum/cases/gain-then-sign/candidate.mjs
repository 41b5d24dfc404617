const gain = (speed) => (Math.abs(speed) > 6 ? -1 : 1);

export function solve(angle, speed) {
  const torque = -gain(speed) * (9 * angle + 3 * speed);
  return Math.max(-2, Math.min(2, torque));
}
