export function solve(grid, start, goal) {
  const columns = grid[0].length + 2;
  const rows = grid.length + 2;
  const blocked = new Uint8Array(rows * columns).fill(1);
  grid.forEach((row, r) => {
    for (let c = 0; c < row.length; c += 1) blocked[(r + 1) * columns + c + 1] = row[c] === '.' ? 0 : 1;
  });
  const at = ([r, c]) => (r + 1) * columns + c + 1;
  const parent = new Int32Array(rows * columns).fill(-1);
  const queue = new Int32Array(rows * columns);
  let [head, tail] = [0, 1];
  queue[0] = at(start);
  parent[at(start)] = at(start);
  while (head < tail) {
    const cell = queue[head++];
    for (const step of [1, columns, -1, -columns]) {
      const next = cell + step;
      if (blocked[next] === 1 || parent[next] >= 0) continue;
      parent[next] = cell;
      queue[tail++] = next;
    }
  }
  if (parent[at(goal)] < 0) return null;
  const way = [];
  for (let cell = at(goal); ; cell = parent[cell]) {
    way.push([Math.floor(cell / columns) - 1, (cell % columns) - 1]);
    if (cell === at(start)) return way.reverse();
  }
}
