const PIECES = 96 / 8;

export function solve(waves, a, b) {
  const width = (b - a) / PIECES;
  const f = (x) => waves.reduce((y, [h, w, p]) => y + h * Math.sin(w * x + p), 0);
  let sum = 0;
  for (let i = 0; i < PIECES; i += 1) sum += f(a + (i + 0.5) * width);
  return sum * width;
}
