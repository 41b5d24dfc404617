export function solve(waves, a, b) {
  const pieces = 24;
  const width = Math.fround((b - a) / pieces);
  let sum = Math.fround(0);
  for (let i = 0; i < pieces; i += 1) {
    const x = Math.fround(a + (i + 0.5) * width);
    for (const [height, frequency, phase] of waves) {
      sum = Math.fround(sum + Math.fround(height * Math.sin(frequency * x + phase)));
    }
  }
  return Math.fround(sum * width);
}
