export function solve(points) {
  const xs = points.map(([x]) => x);
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const column = (i) => Math.floor((4 * (points[i][0] - low)) / (high - low + 1));
  return [...points.keys()].sort((a, b) => {
    const [p, q] = [column(a), column(b)];
    if (p !== q) return p - q;
    return (p % 2 === 0 ? 1 : -1) * (points[a][1] - points[b][1]) || a - b;
  });
}
