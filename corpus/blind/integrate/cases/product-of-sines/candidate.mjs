const sinc = (x) => (x === 0 ? 1 : Math.sin(x) / x);

export function solve(waves, a, b) {
  const middle = (a + b) / 2;
  const half = (b - a) / 2;
  let sum = 0;
  for (const [height, frequency, phase] of waves) {
    sum += 2 * height * half * sinc(frequency * half) * Math.sin(frequency * middle + phase);
  }
  return sum;
}
