const GAINS = Float64Array.from({ length: 33 }, (_, i) => 8 + 0.1 * i);

function gainAt(angle) {
  const place = Math.min(31.999, Math.abs(angle) * 10);
  const low = Math.floor(place);
  return GAINS[low] + (place - low) * (GAINS[low + 1] - GAINS[low]);
}

export function solve(angle, speed) {
  const torque = -(gainAt(angle) * angle + 2.5 * speed);
  return Math.max(-2, Math.min(2, torque));
}
