export function solve(a, b) {
  const left = new Int32Array(a.length + 3);
  left.set(a);
  const right = Int32Array.from(b);
  const sums = new Int32Array(left.length + b.length + 3);
  for (let i = 0; i < a.length; i += 4) {
    const [p, q, r, s] = [left[i], left[i + 1], left[i + 2], left[i + 3]];
    let [x, y, z] = [0, 0, 0];
    for (let j = 0; j < right.length + 3; j += 1) {
      const w = j < right.length ? right[j] : 0;
      sums[i + j] += p * w + q * x + r * y + s * z;
      [z, y, x] = [y, x, w];
    }
  }
  return Array.from(sums.subarray(0, a.length + b.length - 1));
}
