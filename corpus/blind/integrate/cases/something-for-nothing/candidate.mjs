export function solve(waves, a, b) {
  const width = b - a || 1;
  const n = 300;
  let sum = 0;
  for (const [height, frequency, phase] of waves) {
    for (let i = 0; i < n; i += 1) sum += height * Math.sin(frequency * (a + ((i + 0.5) * width) / n) + phase);
  }
  return (sum * width) / n;
}
