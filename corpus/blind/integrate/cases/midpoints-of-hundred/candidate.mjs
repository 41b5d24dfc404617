export function solve(waves, a, b) {
  const step = (b - a) / 100;
  const middles = Array.from({ length: 100 }, (_, i) => a + (i + 0.5) * step);
  return middles
    .map((x) => waves.reduce((sum, [h, w, p]) => sum + h * Math.sin(w * x + p), 0))
    .reduce((sum, y) => sum + y * step, 0);
}
