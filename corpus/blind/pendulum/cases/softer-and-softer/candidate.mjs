const far = (speed) => Math.min(1, Math.max(0, Math.abs(speed) - 4));
const share = (speed) => 1 - 0.5 * far(speed) - 0.5 * far(speed);

export function solve(angle, speed) {
  const torque = -(12 * angle + 4 * speed) * share(speed);
  return Math.max(-2, Math.min(2, torque));
}
