const PIECES = 128;

export function solve(waves, a, b) {
  const width = (b - a) / PIECES;
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < PIECES; i += 1) {
    const x = a + (i + 0.5) * width;
    for (const [height, frequency, phase] of waves) {
      const term = height * Math.sin(frequency * x + phase) - lost;
      const next = sum + term;
      lost = next - sum - term;
      sum = next;
    }
  }
  return sum * width;
}
