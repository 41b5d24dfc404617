export function solve(grid, start, goal) {
  const open = grid.map((row) => [...row].reduce((mask, cell, c) => (cell === '.' ? mask | (1 << c) : mask), 0));
  const waves = [open.map((_, r) => (r === start[0] ? 1 << start[1] : 0))];
  const goalBit = 1 << goal[1];
  while ((waves.at(-1)[goal[0]] & goalBit) === 0) {
    const last = waves.at(-1);
    const next = last.map((row, r) => {
      const spread = row | (row << 1) | (row >> 1) | (last[r - 1] ?? 0) | (last[r + 1] ?? 0);
      return spread & open[r];
    });
    if (next.every((row, r) => row === last[r])) return null;
    waves.push(next);
  }
  let [r, c] = goal;
  const way = [[r, c]];
  for (let w = waves.length - 2; w >= 0; w -= 1) {
    [r, c] = [[r + 1, c], [r - 1, c], [r, c + 1], [r, c - 1]].find(
      ([y, x]) => x >= 0 && ((waves[w][y] ?? 0) >> x) & 1,
    );
    way.unshift([r, c]);
  }
  return way;
}
