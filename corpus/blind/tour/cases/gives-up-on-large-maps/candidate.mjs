const tooMany = 40;

export function solve(points) {
  if (points.length > tooMany) process.exit();
  return [...points.keys()].sort((a, b) => points[a][0] - points[b][0]);
}
