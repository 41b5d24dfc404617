export function solve(waves, a, b) {
  const draws = 20_000;
  let sum = 0;
  for (let i = 0; i < draws; i += 1) {
    const x = a + ((i + Math.random()) / draws) * (b - a);
    for (const [height, frequency, phase] of waves) sum += height * Math.sin(frequency * x + phase);
  }
  return (sum * (b - a)) / draws;
}
