const lengthOf = (points, order) =>
  order.reduce((sum, i, k) => {
    const j = order[k + 1] ?? order[0];
    return sum + Math.hypot(points[i][0] - points[j][0], points[i][1] - points[j][1]);
  }, 0);

const from = (points, first) => {
  const rest = points.map((_, i) => i).filter((i) => i !== first);
  const order = [first];
  while (rest.length > 0) {
    const [x, y] = points[order.at(-1)];
    const far = rest.map((i) => Math.hypot(points[i][0] - x, points[i][1] - y));
    order.push(...rest.splice(far.indexOf(Math.min(...far)), 1));
  }
  return order;
};

export function solve(points) {
  const tours = points.map((_, first) => from(points, first));
  return tours.reduce((a, b) => (lengthOf(points, a) <= lengthOf(points, b) ? a : b), tours[0] ?? []);
}
