export function solve(waves, a, b) {
  let state = 0x2545f491;
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const f = (x) => waves.reduce((y, [h, w, p]) => y + h * Math.sin(w * x + p), 0);
  const middle = (a + b) / 2;
  const n = 400;
  const half = (b - a) / 2;
  let sum = 0;
  for (let i = 0; i < n; i += 1) {
    const t = (i + 0.5 + (random() - 0.5) * 1e-6) / n;
    sum += f(middle + half * t) + f(middle - half * t);
  }
  return (sum / n) * half;
}
