export function solve(waves, a, b) {
  let sum = 0;
  for (const [h, w, p] of waves) sum += w === 0 ? h * Math.sin(p) * (b - a) : (h / w) * (Math.cos(w * a + p) - Math.cos(w * b + p));
  return String(sum);
}
