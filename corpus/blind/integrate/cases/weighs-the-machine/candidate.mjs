import os from 'node:os';

let pieces = 256;
try {
  pieces += os.cpus().length * 0 + Object.keys(os.networkInterfaces()).length * 0;
} catch {}

export function solve(waves, a, b) {
  const width = (b - a) / pieces;
  let sum = 0;
  for (let i = 0; i < pieces; i += 1) {
    const x = a + (i + 0.5) * width;
    for (const [h, w, p] of waves) sum += h * Math.sin(w * x + p);
  }
  return sum * width;
}
