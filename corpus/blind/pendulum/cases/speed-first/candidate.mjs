export function solve(angle, speed) {
  const weight = 2 + Math.min(2, Math.abs(speed) / 4);
  const raw = -7 * angle - weight * speed;
  if (raw > 2) return 2;
  if (raw < -2) return -2;
  return raw;
}
