export function solve(points) {
  const n = points.length;
  const xs = Float64Array.from(points, (p) => p[0]);
  const ys = Float64Array.from(points, (p) => p[1]);
  const best = new Float64Array(n).fill(Infinity);
  const at = new Int32Array(n);
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) {
      const square = (xs[i] - xs[j]) ** 2 + (ys[i] - ys[j]) ** 2;
      if (square < best[i]) {
        best[i] = square;
        at[i] = j;
      }
      if (square < best[j]) {
        best[j] = square;
        at[j] = i;
      }
    }
  }
  return Array.from(at);
}
