export function solve(grid) {
  const rows = grid.length;
  const columns = grid[0].length;
  const queue = [[0, 0]];
  const from = { '0,0': null };
  while (queue.length > 0) {
    const [r, c] = queue.shift();
    if (r === rows - 1 && c === columns - 1) {
      const way = [];
      for (let at = [r, c]; at !== null; at = from[at]) way.unshift(at);
      return way;
    }
    for (const [y, x] of [[r, c + 1], [r + 1, c], [r, c - 1], [r - 1, c]]) {
      if (grid[y]?.[x] === '.' && from[`${y},${x}`] === undefined) {
        from[`${y},${x}`] = [r, c];
        queue.push([y, x]);
      }
    }
  }
  return null;
}
