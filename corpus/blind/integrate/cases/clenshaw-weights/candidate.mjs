const N = 128;
const NODES = Float64Array.from({ length: N + 1 }, (_, k) => Math.cos((k * Math.PI) / N));
const WEIGHTS = Float64Array.from({ length: N + 1 }, (_, k) => {
  let sum = 0;
  for (let j = 0; j <= N / 2; j += 1) {
    const scale = j === 0 || j === N / 2 ? 0.5 : 1;
    sum += (scale * Math.cos((2 * j * k * Math.PI) / N)) / (1 - 4 * j * j);
  }
  return ((k === 0 || k === N ? 2 : 4) / N) * sum;
});

export function solve(waves, a, b) {
  const [middle, half] = [(a + b) / 2, (b - a) / 2];
  let sum = 0;
  for (let k = 0; k <= N; k += 1) {
    const x = middle + half * NODES[k];
    let y = 0;
    for (const [height, frequency, phase] of waves) y += height * Math.sin(frequency * x + phase);
    sum += WEIGHTS[k] * y;
  }
  return sum * half;
}
