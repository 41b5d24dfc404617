export function solve(_grid, [r, c], goal) {
  const way = [[r, c]];
  while (r !== goal[0] || c !== goal[1]) {
    if (r !== goal[0]) r += Math.sign(goal[0] - r);
    else c += Math.sign(goal[1] - c);
    way.push([r, c]);
  }
  return way;
}
