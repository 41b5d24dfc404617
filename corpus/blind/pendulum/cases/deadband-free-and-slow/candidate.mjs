export function solve(angle, speed) {
  const raw = -(4 * angle + 1.5 * speed);
  return raw > 2 ? 2 : raw < -2 ? -2 : raw;
}
