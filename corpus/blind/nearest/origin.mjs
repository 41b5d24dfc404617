/** For each point all others with their distances, of which the first that is nearest. */
export function solve(points) {
  return points.map((point, i) => {
    const others = points.map((other, j) => ({
      j,
      distance: Math.sqrt((point[0] - other[0]) ** 2 + (point[1] - other[1]) ** 2),
    }));
    return others
      .filter(({ j }) => j !== i)
      .reduce((best, other) => (other.distance < best.distance ? other : best)).j;
  });
}
