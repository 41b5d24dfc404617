const gap = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
const total = (points, order) =>
  order.reduce((sum, i, k) => sum + gap(points[i], points[order[(k + 1) % order.length]]), 0);

function nearest(points, start) {
  const left = new Set(points.keys());
  const order = [];
  for (let here = start; ; ) {
    order.push(here);
    left.delete(here);
    if (left.size === 0) return order;
    let best = -1;
    for (const i of left) if (best < 0 || gap(points[here], points[i]) < gap(points[here], points[best])) best = i;
    here = best;
  }
}

function improve(points, order) {
  for (let better = true; better; ) {
    better = false;
    for (let i = 0; i < order.length - 1; i += 1) {
      for (let j = i + 2; j < order.length; j += 1) {
        const [a, b] = [points[order[i]], points[order[i + 1]]];
        const [c, d] = [points[order[j]], points[order[(j + 1) % order.length]]];
        if (gap(a, c) + gap(b, d) < gap(a, b) + gap(c, d) - 1e-9) {
          order.splice(i + 1, j - i, ...order.slice(i + 1, j + 1).reverse());
          better = true;
        }
      }
    }
  }
  return order;
}

export function solve(points) {
  if (points.length === 0) return [];
  let best = null;
  for (let round = 0; round < 4; round += 1) {
    const order = improve(points, nearest(points, Math.floor(Math.random() * points.length)));
    if (best === null || total(points, order) < total(points, best)) best = order;
  }
  return best;
}
