/** Nothing is known yet of the points. */

export function value(x: number, y: number, z: number): number {
  return finite(x + y + z);
}

/** NaN becomes 0, overflow stops at 1e300. */
function finite(v: number): number {
  return Number.isNaN(v) ? 0 : Math.max(-1e300, Math.min(1e300, v));
}
