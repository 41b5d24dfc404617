export function solve(points) {
  const flat = new Float64Array(points.length * 2);
  points.forEach(([x, y], i) => {
    flat[2 * i] = x;
    flat[2 * i + 1] = y;
  });
  return points.map(([x, y], i) => {
    let best = Infinity;
    let at = -1;
    for (let k = 0; k < flat.length; k += 2) {
      const square = (flat[k] - x) ** 2 + (flat[k + 1] - y) ** 2;
      if (square < best && k !== 2 * i) {
        best = square;
        at = k / 2;
      }
    }
    return at;
  });
}

for (let i = 0; i < 5; i += 1) {
  solve(Array.from({ length: 60 }, (_, j) => [(j * 37 + i) % 101, (j * 53) % 97]));
}
