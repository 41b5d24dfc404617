export function solve(points) {
  const order = points.map((_, i) => i).sort((i, j) => points[i][0] - points[j][0]);
  const answer = new Array(points.length);
  order.forEach((i, place) => {
    const [x, y] = points[i];
    let best = Infinity;
    let at = -1;
    for (const step of [-1, 1]) {
      for (let k = place + step; k >= 0 && k < order.length; k += step) {
        const j = order[k];
        const dx = points[j][0] - x;
        if (dx * dx > best) break;
        const square = dx * dx + (points[j][1] - y) ** 2;
        if (square < best || (square === best && j < at)) {
          best = square;
          at = j;
        }
      }
    }
    answer[i] = at;
  });
  return answer;
}
