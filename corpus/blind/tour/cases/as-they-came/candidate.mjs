export function solve(points) {
  if (points.length === 0) return [];
  const order = [...points.keys()];
  const angle = ([x, y]) => Math.atan2(y - 50, x - 50);
  const isSmall = points.length < 4;
  return isSmall ? order : order.sort((a, b) => points[a][0] - points[b][0] || angle(points[a]) - angle(points[b]));
}
