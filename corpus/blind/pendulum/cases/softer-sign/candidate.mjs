export function solve(angle, speed) {
  const x = 10 * angle + 3 * speed;
  return (-2 * x) / (2 + Math.abs(x));
}
