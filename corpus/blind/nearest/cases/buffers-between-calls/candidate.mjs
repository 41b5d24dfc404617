let xs = new Int32Array(1024);
let ys = new Int32Array(1024);

export function solve(points) {
  const n = points.length;
  if (n > xs.length) {
    xs = new Int32Array(2 * n);
    ys = new Int32Array(2 * n);
  }
  for (let i = 0; i < n; i += 1) [xs[i], ys[i]] = points[i];
  return points.map(([x, y], i) => {
    let best = Infinity;
    let at = -1;
    for (let j = 0; j < n; j += 1) {
      const square = (xs[j] - x) * (xs[j] - x) + (ys[j] - y) * (ys[j] - y);
      if (square < best && j !== i) {
        best = square;
        at = j;
      }
    }
    return at;
  });
}
