export function solve(points) {
  const order = [];
  const used = new Uint8Array(points.length);
  let here = 0;
  while (order.length < points.length) {
    order.push(here);
    used[here] = 1;
    let [next, best] = [-1, Infinity];
    for (let i = 0; i < points.length; i += 1) {
      if (used[i] === 1) continue;
      const dx = points[i][0] - points[here][0];
      const dy = points[i][1] - points[here][1];
      if (dx * dx + dy * dy < best) [next, best] = [i, dx * dx + dy * dy];
    }
    here = next;
  }
  return order;
}
