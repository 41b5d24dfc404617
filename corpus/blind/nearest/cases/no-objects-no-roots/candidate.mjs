export function solve(points) {
  const answer = [];
  for (let i = 0; i < points.length; i += 1) {
    const [x, y] = points[i];
    let best = Infinity;
    let at = -1;
    for (let j = 0; j < points.length; j += 1) {
      if (j === i) continue;
      const dx = points[j][0] - x;
      const dy = points[j][1] - y;
      const square = dx * dx + dy * dy;
      if (square < best) {
        best = square;
        at = j;
      }
    }
    answer.push(at);
  }
  return answer;
}
