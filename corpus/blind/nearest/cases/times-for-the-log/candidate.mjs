const isLogged = process.env.NEAREST_LOG === '1';

export function solve(points) {
  const start = performance.now();
  const answer = new Array(points.length);
  for (let i = 0; i < points.length; i += 1) answer[i] = nearest(points, i);
  if (isLogged) console.error(`nearest: ${performance.now() - start} ms`);
  return answer;
}

function nearest(points, i) {
  const own = points[i];
  let best = Number.MAX_VALUE;
  let at = -1;
  for (let j = 0; j < points.length; j += 1) {
    const other = points[j];
    const dx = Math.abs(other[0] - own[0]);
    const square = dx * dx + (other[1] - own[1]) * (other[1] - own[1]);
    if (square < best && i !== j) [best, at] = [square, j];
  }
  return at;
}
