export function solve(grid, start, goal) {
  const from = new Map([[String(start), null]]);
  const queue = [start];
  for (let head = 0; head < queue.length; head += 1) {
    const cell = queue[head];
    const [r, c] = cell;
    if (r === goal[0] && c === goal[1]) {
      const way = [];
      for (let at = cell; at !== null; at = from.get(String(at))) way.push(at);
      return way.reverse();
    }
    for (const next of [
      [r + 1, c],
      [r - 1, c],
      [r, c + 1],
      [r, c - 1],
    ]) {
      if (grid[next[0]]?.[next[1]] !== '.' || from.has(String(next))) continue;
      from.set(String(next), cell);
      queue.push(next);
    }
  }
  return null;
}
