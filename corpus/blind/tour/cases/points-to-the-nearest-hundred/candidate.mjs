const round = (n) => Math.round(n / 100) * 100;

export function solve(points) {
  const rough = points.map((point) => point.map(round));
  const left = new Set(points.keys());
  const order = [];
  let here = 0;
  while (left.size > 0) {
    order.push(here);
    left.delete(here);
    let near = Infinity;
    const from = rough[here];
    for (const i of left) {
      const d = Math.hypot(rough[i][0] - from[0], rough[i][1] - from[1]);
      if (d < near) [near, here] = [d, i];
    }
  }
  return order;
}
