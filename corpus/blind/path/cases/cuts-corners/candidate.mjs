export function solve(grid, start, goal) {
  const key = ([r, c]) => r * 1000 + c;
  const from = new Map([[key(start), null]]);
  const queue = [start];
  for (const cell of queue) {
    if (cell[0] === goal[0] && cell[1] === goal[1]) {
      const way = [];
      for (let at = cell; at !== null; at = from.get(key(at))) way.unshift(at);
      return way;
    }
    for (let dr = -1; dr <= 1; dr += 1) {
      for (let dc = -1; dc <= 1; dc += 1) {
        const next = [cell[0] + dr, cell[1] + dc];
        if (grid[next[0]]?.[next[1]] === '.' && !from.has(key(next))) {
          from.set(key(next), cell);
          queue.push(next);
        }
      }
    }
  }
  return null;
}
