export function solve(waves, a, b) {
  const n = 400;
  const width = (b - a) / n;
  let total = 0;
  for (const [height, frequency, phase] of waves) {
    const start = frequency * (a + width / 2) + phase;
    let [s, c] = [Math.sin(start), Math.cos(start)];
    const [ds, dc] = [Math.sin(frequency * width), Math.cos(frequency * width)];
    let sum = 0;
    for (let i = 0; i < n; i += 1) {
      sum += s;
      [s, c] = [s * dc + c * ds, c * dc - s * ds];
    }
    total += height * sum * width;
  }
  return total;
}
