export function solve(grid, start, goal) {
  const open = (r, c) => grid[r]?.[c] === '.';
  const parent = new Map([[`${start}`, null]]);
  const queue = [start];
  for (const cell of queue) {
    if (`${cell}` === `${goal}`) {
      const way = [];
      for (let at = cell; at !== null; at = parent.get(`${at}`)) way.unshift(at);
      return way;
    }
    const [r, c] = cell;
    const next = [[r + 1, c], [r, c + 1], [r - 1, c], [r, c - 1]];
    if (!open(r + 1, c) && !open(r, c + 1)) next.push([r + 1, c + 1]);
    for (const to of next) {
      if (!open(...to) || parent.has(`${to}`)) continue;
      parent.set(`${to}`, cell);
      queue.push(to);
    }
  }
  return null;
}
