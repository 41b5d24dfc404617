const far = (p, q) => Math.hypot(p[0] - q[0], p[1] - q[1]);

export function solve(points) {
  const n = points.length;
  const order = [...points.keys()].sort((a, b) => points[a][0] - points[b][0] || a - b);
  if (n < 4) return order;
  const at = (k) => points[order[(k + n) % n]];
  for (let pass = 0; pass < 10; pass += 1) {
    let moved = false;
    for (let k = 0; k < n; k += 1) {
      const gain = far(at(k - 1), at(k)) + far(at(k), at(k + 1)) - far(at(k - 1), at(k + 1));
      const [item] = order.splice(k, 1);
      let [best, place] = [gain - 1e-9, k];
      for (let j = 0; j < order.length; j += 1) {
        const [a, b] = [points[order[j]], points[order[(j + 1) % order.length]]];
        const cost = far(a, points[item]) + far(points[item], b) - far(a, b);
        if (cost < best) [best, place] = [cost, j + 1];
      }
      moved ||= place !== k;
      order.splice(place, 0, item);
    }
    if (!moved) break;
  }
  return order;
}
