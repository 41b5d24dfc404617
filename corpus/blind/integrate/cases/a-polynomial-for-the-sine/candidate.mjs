function sine(x) {
  let term = x;
  let sum = x;
  for (let k = 1; k < 13; k += 1) {
    term *= (-x * x) / (2 * k * (2 * k + 1));
    sum += term;
  }
  return sum;
}

export function solve(waves, a, b) {
  const pieces = 200;
  const width = (b - a) / pieces;
  let sum = 0;
  for (let i = 0; i <= pieces; i += 1) {
    const weight = i === 0 || i === pieces ? 1 : i % 2 === 1 ? 4 : 2;
    for (const [height, frequency, phase] of waves) sum += weight * height * sine(frequency * (a + i * width) + phase);
  }
  return (sum * width) / 3;
}
