export function solve(grid, start, goal) {
  const [rows, columns] = [grid.length, grid[0].length];
  const id = (r, c, used) => (r * columns + c) * 2 + used;
  const parent = new Int32Array(rows * columns * 2).fill(-2);
  const queue = [id(...start, 0)];
  parent[queue[0]] = -1;
  for (const at of queue) {
    const cell = at >> 1;
    const [r, c] = [Math.floor(cell / columns), cell % columns];
    if (r === goal[0] && c === goal[1]) {
      const way = [];
      for (let k = at; k >= 0; k = parent[k]) way.push([Math.floor((k >> 1) / columns), (k >> 1) % columns]);
      return way.reverse();
    }
    for (const [y, x] of [[r + 1, c], [r - 1, c], [r, c + 1], [r, c - 1]]) {
      if (y < 0 || x < 0 || y >= rows || x >= columns) continue;
      const used = (at & 1) + Number(grid[y][x] !== '.');
      if (used > 1 || parent[id(y, x, used)] !== -2) continue;
      parent[id(y, x, used)] = at;
      queue.push(id(y, x, used));
    }
  }
  return null;
}
