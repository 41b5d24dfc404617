const LIMIT = 2;
const clamp = (x) => (x > LIMIT ? LIMIT : x < -LIMIT ? -LIMIT : x);

export function solve(angle, speed) {
  const gravity = 9.8 * Math.sin(angle);
  return clamp(-gravity - 12 * angle - 5 * speed);
}
