/** From a random point to whatever is nearest. */
export function solve(points) {
  if (points.length === 0) return [];
  const left = new Set(points.keys());
  let here = Math.floor(Math.random() * points.length);
  const order = [];
  for (;;) {
    order.push(here);
    left.delete(here);
    if (left.size === 0) return order;
    const [x, y] = points[here];
    let best = Number.POSITIVE_INFINITY;
    for (const index of left) {
      const distance = Math.hypot(points[index][0] - x, points[index][1] - y);
      if (distance < best) [best, here] = [distance, index];
    }
  }
}
