export function solve(waves, a, b) {
  const f = (x) => {
    let y = 0;
    for (const [height, frequency, phase] of waves) y += height * Math.sin(frequency * x + phase);
    return y;
  };
  let row = [((b - a) * (f(a) + f(b))) / 2];
  for (let level = 1; level <= 9; level += 1) {
    const width = (b - a) / 2 ** level;
    let sum = 0;
    for (let k = 1; k < 2 ** level; k += 2) sum += f(a + k * width);
    const next = [row[0] / 2 + sum * width];
    for (let j = 1; j <= level; j += 1) next.push(next[j - 1] + (next[j - 1] - row[j - 1]) / (4 ** j - 1));
    row = next;
  }
  return row.at(-1);
}
