const HALF = 2 ** 25;

export function solve(a, b) {
  const pairs = new Float64Array((b.length + 1) >> 1);
  for (let j = 0; j < pairs.length; j += 1) pairs[j] = b[2 * j] + HALF * (b[2 * j + 1] ?? 0);
  const sums = new Float64Array(a.length + 2 * pairs.length + 1);
  const odd = new Float64Array(pairs.length + a.length);
  const even = new Float64Array(pairs.length + a.length);
  for (let i = 0; i < a.length; i += 1) {
    const into = i % 2 === 0 ? even : odd;
    const from = i >> 1;
    for (let j = 0; j < pairs.length; j += 1) into[from + j] += a[i] * pairs[j];
  }
  [even, odd].forEach((list, shift) => {
    list.forEach((item, k) => {
      const high = Math.floor(item / HALF);
      const at = 2 * k + shift;
      if (at < sums.length) sums[at] += item - high * HALF;
      if (at + 1 < sums.length) sums[at + 1] += high;
    });
  });
  return Array.from(sums.subarray(0, a.length + b.length - 1));
}
