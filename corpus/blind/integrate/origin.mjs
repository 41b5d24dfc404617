/** Midpoints of 128 pieces. */
const PIECES = 128;

export function solve(waves, a, b) {
  const width = (b - a) / PIECES;
  let sum = 0;
  for (let i = 0; i < PIECES; i += 1) {
    const x = a + (i + 0.5) * width;
    for (const [amplitude, frequency, phase] of waves) {
      sum += amplitude * Math.sin(frequency * x + phase);
    }
  }
  return sum * width;
}
