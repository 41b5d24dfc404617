const TIMES = new Int32Array(100 * 128);
for (let i = 0; i < 100; i += 1) for (let j = 0; j < 100; j += 1) TIMES[i * 128 + j] = i * j;

export function solve(a, b) {
  const right = Uint8Array.from(b);
  const sums = new Int32Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i += 1) {
    const row = a[i] * 128;
    for (let j = 0; j < right.length; j += 1) sums[i + j] += TIMES[row + right[j]];
  }
  return Array.from(sums);
}
