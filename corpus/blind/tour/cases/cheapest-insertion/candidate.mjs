const d = ([a, b], [x, y]) => Math.sqrt((a - x) ** 2 + (b - y) ** 2);

export function solve(points) {
  const waiting = points.map((_, i) => i);
  for (let i = waiting.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [waiting[i], waiting[j]] = [waiting[j], waiting[i]];
  }
  const order = [];
  for (const i of waiting) {
    let best = [0, Infinity];
    for (let k = 0; k < order.length; k += 1) {
      const [a, b] = [points[order[k]], points[order[(k + 1) % order.length]]];
      const extra = d(a, points[i]) + d(points[i], b) - d(a, b);
      if (extra < best[1]) best = [k + 1, extra];
    }
    order.splice(best[0], 0, i);
  }
  return order;
}
