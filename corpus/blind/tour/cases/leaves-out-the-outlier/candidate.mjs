const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

export function solve(points) {
  if (points.length < 4) return [...points.keys()];
  const far = points.map((p) => points.reduce((sum, q) => sum + distance(p, q), 0));
  const outlier = far.indexOf(Math.max(...far));
  const left = new Set([...points.keys()].filter((i) => i !== outlier));
  const order = [[...left][0]];
  left.delete(order[0]);
  while (left.size > 0) {
    const here = points[order.at(-1)];
    const next = [...left].reduce((a, b) => (distance(here, points[a]) <= distance(here, points[b]) ? a : b));
    order.push(next);
    left.delete(next);
  }
  return [...order, order[order.length - 1]];
}
