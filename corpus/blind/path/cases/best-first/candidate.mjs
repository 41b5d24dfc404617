class Frontier {
  cells = [];

  add(cell, priority) {
    this.cells.push({ cell, priority });
    this.cells.sort((a, b) => a.priority - b.priority);
  }

  take() {
    return this.cells.shift()?.cell;
  }
}

export function solve(grid, start, goal) {
  const frontier = new Frontier();
  const parent = new Map([[start.toString(), null]]);
  frontier.add(start, 0);
  for (let cell = frontier.take(); cell; cell = frontier.take()) {
    if (cell.toString() === goal.toString()) {
      const way = [];
      for (let at = cell; at; at = parent.get(at.toString())) way.unshift(at);
      return way;
    }
    const [r, c] = cell;
    for (const next of [[r + 1, c], [r - 1, c], [r, c + 1], [r, c - 1]]) {
      if (grid[next[0]]?.[next[1]] !== '.' || parent.has(next.toString())) continue;
      parent.set(next.toString(), cell);
      frontier.add(next, Math.hypot(next[0] - goal[0], next[1] - goal[1]));
    }
  }
  return null;
}
