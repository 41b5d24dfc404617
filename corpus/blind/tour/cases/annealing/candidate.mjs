const length = (points, order) => {
  let sum = 0;
  for (let i = 0; i < order.length; i += 1) {
    const [a, b] = [points[order[i]], points[order[(i + 1) % order.length]]];
    sum += Math.hypot(a[0] - b[0], a[1] - b[1]);
  }
  return sum;
};

function start(points) {
  const left = [...points.keys()];
  const order = left.splice(0, 1);
  while (left.length > 0) {
    const [x, y] = points[order[order.length - 1]];
    let k = 0;
    left.forEach((i, at) => {
      const nearer = Math.hypot(points[i][0] - x, points[i][1] - y) < Math.hypot(points[left[k]][0] - x, points[left[k]][1] - y);
      if (nearer) k = at;
    });
    order.push(...left.splice(k, 1));
  }
  return order;
}

export function solve(points) {
  let order = start(points);
  if (order.length < 4) return order;
  let now = length(points, order);
  let best = order;
  let bestLength = now;
  let heat = now / order.length;
  for (let step = 0; step < 300; step += 1, heat *= 0.98) {
    const i = Math.floor(Math.random() * order.length);
    const j = Math.floor(Math.random() * order.length);
    const [low, high] = [Math.min(i, j), Math.max(i, j)];
    const next = [...order.slice(0, low), ...order.slice(low, high + 1).reverse(), ...order.slice(high + 1)];
    const then = length(points, next);
    if (then < now || Math.random() < Math.exp((now - then) / heat)) [order, now] = [next, then];
    if (now < bestLength) [best, bestLength] = [order, now];
  }
  return best;
}
