function multiply(a, b, n) {
  const out = new Float64Array(2 * n);
  if (n <= 32) {
    for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) out[i + j] += a[i] * b[j];
    return out;
  }
  const h = n / 2;
  const low = multiply(a.subarray(0, h), b.subarray(0, h), h);
  const high = multiply(a.subarray(h), b.subarray(h), h);
  const sums = [a, b].map((list) => list.subarray(0, h).map((item, i) => item + list[h + i]));
  const middle = multiply(sums[0], sums[1], h);
  for (let i = 0; i < n; i += 1) {
    out[i] += low[i];
    out[n + i] += high[i];
  }
  for (let i = 0; i < n; i += 1) out[h + i] += middle[i] - low[i] - high[i];
  return out;
}

export function solve(a, b) {
  let n = 32;
  while (n < Math.max(a.length, b.length)) n *= 2;
  const [left, right] = [a, b].map((list) => {
    const padded = new Float64Array(n);
    padded.set(list);
    return padded;
  });
  return Array.from(multiply(left, right, n).subarray(0, a.length + b.length - 1));
}
