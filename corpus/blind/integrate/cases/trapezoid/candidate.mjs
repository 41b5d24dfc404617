export function solve(waves, a, b) {
  const n = 200;
  const h = (b - a) / n;
  let inner = 0;
  let ends = 0;
  for (const [height, frequency, phase] of waves) {
    ends += height * (Math.sin(frequency * a + phase) + Math.sin(frequency * b + phase));
    for (let i = 1; i < n; i += 1) inner += height * Math.sin(frequency * (a + i * h) + phase);
  }
  return h * (inner + ends / 2);
}
