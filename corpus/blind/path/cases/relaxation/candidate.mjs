export function solve(grid, start, goal) {
  const cells = grid.map((row) => [...row].map((cell) => (cell === '.' ? Infinity : null)));
  cells[goal[0]][goal[1]] = 0;
  const sides = (r, c) => [
    [r - 1, c],
    [r + 1, c],
    [r, c - 1],
    [r, c + 1],
  ];
  const at = ([r, c]) => cells[r]?.[c] ?? Infinity;
  for (let changed = true; changed; ) {
    changed = false;
    cells.forEach((row, r) => {
      row.forEach((value, c) => {
        if (value === null) return;
        const best = Math.min(...sides(r, c).map(at)) + 1;
        if (best < cells[r][c]) {
          cells[r][c] = best;
          changed = true;
        }
      });
    });
  }
  if (at(start) === Infinity) return null;
  const way = [start];
  while (at(way.at(-1)) > 0) {
    const here = way.at(-1);
    way.push(sides(...here).find((cell) => at(cell) === at(here) - 1));
  }
  return way;
}
