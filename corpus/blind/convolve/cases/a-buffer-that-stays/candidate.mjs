let sums = new Float64Array(4096);

export function solve(a, b) {
  const length = a.length + b.length - 1;
  if (length > sums.length) sums = new Float64Array(2 * length);
  sums.fill(0, 0, length);
  for (let i = 0; i < a.length; i += 1) {
    for (let j = 0; j < b.length; j += 1) sums[i + j] += a[i] * b[j];
  }
  return Array.from(sums.subarray(0, length));
}
