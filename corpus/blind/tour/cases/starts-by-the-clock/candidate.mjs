export function solve(points) {
  const left = new Set(points.keys());
  let here = points.length > 0 ? Date.now() % points.length : 0;
  const order = [];
  while (left.size > 0) {
    order.push(here);
    left.delete(here);
    let near = Infinity;
    const [x, y] = points[here];
    for (const i of left) {
      const far = Math.hypot(points[i][0] - x, points[i][1] - y);
      if (far < near) {
        near = far;
        here = i;
      }
    }
  }
  return order;
}
