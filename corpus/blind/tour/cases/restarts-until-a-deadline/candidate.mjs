const gap = ([a, b], [x, y]) => Math.hypot(a - x, b - y);
const lengthOf = (points, order) => order.reduce((sum, i, k) => sum + gap(points[i], points[order[(k + 1) % order.length]]), 0);

function tour(points, first) {
  const left = new Set(points.keys());
  const order = [first];
  left.delete(first);
  while (left.size > 0) {
    const here = points[order.at(-1)];
    let next = -1;
    for (const i of left) if (next < 0 || gap(here, points[i]) < gap(here, points[next])) next = i;
    order.push(next);
    left.delete(next);
  }
  return order;
}

export function solve(points) {
  if (points.length === 0) return [];
  const deadline = performance.now() + 2;
  let best = tour(points, 0);
  do {
    const next = tour(points, Math.floor(Math.random() * points.length));
    if (lengthOf(points, next) < lengthOf(points, best)) best = next;
  } while (performance.now() < deadline);
  return best;
}
