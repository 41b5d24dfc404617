const isVerbose = process.env.VERBOSE === '1';
let evaluations = 0;

export function solve(waves, a, b) {
  const n = 150;
  let sum = 0;
  for (let i = 0; i < n; i += 1) {
    const x = a + ((i + 0.5) * (b - a)) / n;
    sum += waves.reduce((y, [h, w, p]) => y + h * Math.sin(w * x + p), 0);
    if (isVerbose) evaluations += waves.length;
  }
  if (isVerbose) console.error(`${evaluations} evaluations`);
  return (sum * (b - a)) / n;
}
