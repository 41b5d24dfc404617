export function solve(points) {
  const n = points.length;
  const squares = new Float64Array(n * n).fill(Infinity);
  for (let i = 0; i < n; i += 1) {
    const [x, y] = points[i];
    for (let j = 0; j < i; j += 1) {
      const dx = points[j][0] - x;
      const dy = points[j][1] - y;
      squares[i * n + j] = dx * dx + dy * dy;
      squares[j * n + i] = squares[i * n + j];
    }
  }
  return points.map((_, i) => {
    let at = i === 0 ? 1 : 0;
    for (let j = at + 1; j < n; j += 1) if (squares[i * n + j] < squares[i * n + at]) at = j;
    return at;
  });
}
