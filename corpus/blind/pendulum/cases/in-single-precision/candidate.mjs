const gains = Float32Array.of(6, 2);

export function solve(angle, speed) {
  const torque = Math.fround(Math.fround(gains[0] * Math.fround(angle)) + Math.fround(gains[1] * Math.fround(speed)));
  return -Math.min(2, Math.max(-2, torque));
}
