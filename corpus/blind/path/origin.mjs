/** Depth first, towards the goal where it can. */
export function solve(grid, start, goal) {
  const seen = new Set([String(start)]);
  const way = [start];
  while (way.length > 0) {
    const [r, c] = way[way.length - 1];
    if (r === goal[0] && c === goal[1]) return way;
    const next = [
      [r + 1, c],
      [r, c + 1],
      [r - 1, c],
      [r, c - 1],
    ]
      .filter(([y, x]) => grid[y]?.[x] === '.' && !seen.has(`${y},${x}`))
      .sort(
        (a, b) =>
          Math.abs(a[0] - goal[0]) +
          Math.abs(a[1] - goal[1]) -
          Math.abs(b[0] - goal[0]) -
          Math.abs(b[1] - goal[1]),
      )[0];
    if (next === undefined) way.pop();
    else {
      seen.add(String(next));
      way.push(next);
    }
  }
  return null;
}
