const MOVES = Array.from({ length: 16 }, (_, mask) =>
  [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ].filter((_, bit) => (mask >> bit) & 1),
);

export function solve(grid, start, goal) {
  const isOpen = (r, c) => Number(grid[r]?.[c] === '.');
  const mask = (r, c) =>
    isOpen(r + 1, c) | (isOpen(r, c + 1) << 1) | (isOpen(r - 1, c) << 2) | (isOpen(r, c - 1) << 3);
  const parent = { [start]: null };
  const queue = [start];
  for (const cell of queue) {
    if (cell[0] === goal[0] && cell[1] === goal[1]) {
      const way = [];
      for (let at = cell; at !== null; at = parent[at]) way.push(at);
      return way.reverse();
    }
    for (const [dr, dc] of MOVES[mask(...cell)]) {
      const next = [cell[0] + dr, cell[1] + dc];
      if (next in parent) continue;
      parent[next] = cell;
      queue.push(next);
    }
  }
  return null;
}
