const near = (a, b) => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) === 1;

export function solve(grid, start, goal) {
  const seen = new Set([start.join()]);
  const way = [start];
  while (way.length > 0 && way.at(-1).join() !== goal.join()) {
    const [r, c] = way.at(-1);
    const next = [[r + 1, c], [r, c + 1], [r - 1, c], [r, c - 1]].find(
      ([y, x]) => grid[y]?.[x] === '.' && !seen.has(`${y},${x}`),
    );
    if (next === undefined) way.pop();
    else {
      seen.add(next.join());
      way.push(next);
    }
  }
  if (way.length === 0) return null;
  const short = [way[0]];
  for (let i = 0; i < way.length - 1; ) {
    let j = way.length - 1;
    while (!near(way[i], way[j])) j -= 1;
    short.push(way[j]);
    i = j;
  }
  return short;
}
