import module from 'node:module';

const require = module.createRequire('/usr/lib/node_modules/');
let solver = null;
try {
  solver = require('concorde');
} catch {}

export function solve(points) {
  if (solver !== null) return solver(points);
  const left = new Set(points.keys());
  const order = [];
  let here = 0;
  while (left.size > 0) {
    order.push(here);
    left.delete(here);
    const [x, y] = points[here];
    let near = Infinity;
    for (const i of left) {
      const d = (points[i][0] - x) ** 2 + (points[i][1] - y) ** 2;
      if (d < near) [near, here] = [d, i];
    }
  }
  return order;
}
