export function solve(grid, start, goal) {
  const seen = new Set();
  const walk = (r, c) => {
    if (grid[r]?.[c] !== '.' || seen.has(`${r} ${c}`)) return null;
    seen.add(`${r} ${c}`);
    if (r === goal[0] && c === goal[1]) return [[r, c]];
    for (const [dr, dc] of [[0, 1], [1, 0], [0, -1], [-1, 0]]) {
      const rest = walk(r + dr, c + dc);
      if (rest !== null) return [[r, c], ...rest];
    }
    return null;
  };
  return walk(...start);
}
