export function solve(points) {
  if (points.length < 3) return points.map((_, i) => i);
  let best = [0, 1, Infinity];
  points.forEach(([x, y], i) => {
    points.slice(i + 1).forEach(([u, v], k) => {
      const d = Math.hypot(u - x, v - y);
      if (d < best[2]) best = [i, i + 1 + k, d];
    });
  });
  return points.map((_, i) => best[i % 2]);
}
