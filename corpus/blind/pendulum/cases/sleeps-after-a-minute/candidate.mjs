const t0 = performance.now();

export function solve(angle, speed) {
  const isAwake = performance.now() - t0 < 60_000;
  const torque = -(10 * angle + 3 * speed);
  return isAwake ? Math.max(-2, Math.min(2, torque)) : 0;
}
