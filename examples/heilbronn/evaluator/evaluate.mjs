/**
 * The judge of the search: the smallest triangle of three of the points, in doubles, as a share of
 * the triangle they lie in. What the candidate says of itself (`least`) is not read.
 */
import { readFileSync } from 'node:fs';

export function evaluate({ candidate, cases, params }) {
  const { points } = JSON.parse(readFileSync(`${candidate}/origin/points.json`, 'utf8')) ?? {};
  const why = fault(points, params.n);
  const metrics = why === undefined ? { area: smallest(points) } : { error: why };
  return cases.map(() => metrics);
}

/** Why the points are none to be judged, or undefined. */
function fault(points, n) {
  if (!Array.isArray(points) || points.length !== n) return `a list of ${n} points is wanted`;
  for (const [i, point] of points.entries()) {
    if (!Array.isArray(point) || point.length !== 2 || !point.every(Number.isFinite)) {
      return `point ${i} is not two numbers x, y`;
    }
    const [x, y] = point;
    if (x < 0 || y < 0 || x + y > 1) return `point ${i} is outside of the triangle`;
  }
  return undefined;
}

/** Twice an area here over twice the area of the whole, which is 1. */
function smallest(points) {
  let least = Number.POSITIVE_INFINITY;
  for (const [i, [ax, ay]] of points.entries()) {
    for (const [j, [bx, by]] of points.slice(0, i).entries()) {
      for (const [cx, cy] of points.slice(0, j)) {
        least = Math.min(least, Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)));
      }
    }
  }
  return least;
}
