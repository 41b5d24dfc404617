/**
 * The judge of the search: the sum of the radii in plain double arithmetic, for circles that lie in
 * the square and apart, without a tolerance. What it lets pass the verifier looks at again.
 */
import { readFileSync } from 'node:fs';

export function evaluate({ candidate, cases, params }) {
  const circles = JSON.parse(readFileSync(`${candidate}/${params.file}`, 'utf8'));
  const why = fault(circles, params.n);
  const metrics =
    why === undefined ? { radii: circles.reduce((sum, [, , r]) => sum + r, 0) } : { error: why };
  return cases.map(() => metrics);
}

/** Why the circles are no packing, or undefined. */
function fault(circles, n) {
  if (!Array.isArray(circles) || circles.length !== n) return `a list of ${n} circles is wanted`;
  for (const [i, circle] of circles.entries()) {
    if (!Array.isArray(circle) || circle.length !== 3 || !circle.every(Number.isFinite)) {
      return `circle ${i} is not three numbers x, y, r`;
    }
    const [x, y, r] = circle;
    if (r < 0) return `circle ${i} has a negative radius`;
    if (x < r || y < r || x + r > 1 || y + r > 1) return `circle ${i} leaves the square`;
    for (let j = 0; j < i; j++) {
      const [u, v, s] = circles[j];
      if (Math.hypot(x - u, y - v) < r + s) return `circles ${j} and ${i} overlap`;
    }
  }
  return undefined;
}
