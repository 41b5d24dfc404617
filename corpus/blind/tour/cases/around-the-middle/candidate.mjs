export function solve(points) {
  const n = points.length || 1;
  const cx = points.reduce((sum, [x]) => sum + x, 0) / n;
  const cy = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const angle = (i) => Math.atan2(points[i][1] - cy, points[i][0] - cx);
  return [...points.keys()].sort((a, b) => angle(a) - angle(b) || a - b);
}
