/**
 * Areas in exact arithmetic: every double is a whole multiple of 2^−1074, so determinants of such
 * multiples are whole, and where a point lies has no tolerance. Rounding happens once, at the end.
 */
const FRACTION_BITS = 1074n;
const ONE = 1n << FRACTION_BITS;
const DOUBLE_BITS = 53;

/** Whether x, y of point after point all lie in the triangle (0,0) (1,0) (0,1), sides included. */
export function isInside(numbers) {
  if (numbers.length === 0 || numbers.length % 2 !== 0) return false;
  for (const v of numbers) if (!Number.isFinite(v) || v < 0 || v > 1) return false;
  return pointsOf(numbers).every(([x, y]) => x + y <= ONE);
}

/** The smallest area of three of the points, as a share of the triangle's. */
export function smallestShare(numbers) {
  const points = pointsOf(numbers);
  let least;
  for (let i = 0; i < points.length; i++) {
    for (let j = 0; j < i; j++) {
      for (let k = 0; k < j; k++) {
        const [a, b, c] = [points[i], points[j], points[k]];
        const det = a[0] * (b[1] - c[1]) + b[0] * (c[1] - a[1]) + c[0] * (a[1] - b[1]);
        const share = det < 0n ? -det : det;
        if (least === undefined || share < least) least = share;
      }
    }
  }
  return least === undefined ? Number.NaN : doubleOf(least);
}

function pointsOf(numbers) {
  const exact = Array.from(numbers, multipleOf);
  return Array.from({ length: exact.length / 2 }, (_, i) => exact.slice(2 * i, 2 * i + 2));
}

/** The whole number m with v = m · 2^−1074, for 0 ≤ v ≤ 1: read from the bits of the double. */
function multipleOf(v) {
  const bits = new BigUint64Array(Float64Array.of(v).buffer)[0];
  const [exponent, fraction] = [(bits >> 52n) & 0x7ffn, bits & ((1n << 52n) - 1n)];
  return exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
}

/** m · 2^−2148 as a double. */
function doubleOf(m) {
  const shift = Math.max(0, m.toString(2).length - DOUBLE_BITS);
  const exponent = shift - 2148;
  // Two steps: 2^exponent alone may be below the smallest number.
  const first = Math.max(-1000, exponent);
  return Number(m >> BigInt(shift)) * 2 ** first * 2 ** (exponent - first);
}
