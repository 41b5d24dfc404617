const SINES = Float64Array.from({ length: 360 }, (_, d) => Math.sin((d * Math.PI) / 180));
const sine = (x) => SINES[((Math.floor((x * 180) / Math.PI) % 360) + 360) % 360];

export function solve(waves, a, b) {
  const n = 128;
  const width = (b - a) / n;
  let sum = 0;
  for (let i = 0; i < n; i += 1) {
    const x = a + (i + 0.5) * width;
    for (const [height, frequency, phase] of waves) sum += height * sine(frequency * x + phase);
  }
  return sum * width;
}
