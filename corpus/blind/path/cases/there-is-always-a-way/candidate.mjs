function* neighbours([r, c]) {
  yield [r + 1, c];
  yield [r, c + 1];
  yield [r - 1, c];
  yield [r, c - 1];
}

export function solve(grid, start, goal) {
  const parents = new Map([[start.join(), undefined]]);
  for (const queue = [start]; queue.length > 0; ) {
    const cell = queue.shift();
    if (cell.join() === goal.join()) {
      const way = [];
      for (let at = cell; at !== undefined; at = parents.get(at.join())) way.push(at);
      return way.reverse();
    }
    for (const next of neighbours(cell)) {
      if (grid[next[0]]?.[next[1]] !== '.' || parents.has(next.join())) continue;
      parents.set(next.join(), cell);
      queue.push(next);
    }
  }
  return [start, goal];
}
