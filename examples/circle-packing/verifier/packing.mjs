/**
 * The independent check of a packing, in exact arithmetic: every number is a whole multiple of
 * 2^−1074, so sums, products and comparisons of such multiples have no rounding and no tolerance.
 * NaN, infinities, negative radii, overlaps and circles beyond the square are all refused.
 */
const SMALLEST = Number.MIN_VALUE;
const FRACTION_BITS = 1074n;
const ONE = 1n << FRACTION_BITS;
const DOUBLE_BITS = 53;

/** x, y, r of circle after circle, strictly inside the rules. */
export function isPacking(numbers) {
  if (numbers.length === 0 || numbers.length % 3 !== 0) return false;
  for (const v of numbers) if (!Number.isFinite(v) || v < 0 || v > 1) return false;
  const exact = Array.from(numbers, multipleOf);
  const circles = Array.from({ length: exact.length / 3 }, (_, i) => exact.slice(3 * i, 3 * i + 3));
  return circles.every(
    (circle, i) => isInside(circle) && circles.slice(0, i).every((other) => isApart(circle, other)),
  );
}

function isInside([x, y, r]) {
  return x >= r && y >= r && x + r <= ONE && y + r <= ONE;
}

function isApart([x1, y1, r1], [x2, y2, r2]) {
  const [dx, dy, reach] = [x1 - x2, y1 - y2, r1 + r2];
  return dx * dx + dy * dy >= reach * reach;
}

/** The sum of the radii, exact until its last step to a double. */
export function sumOfRadii(numbers) {
  let sum = 0n;
  for (let k = 2; k < numbers.length; k += 3) sum += multipleOf(numbers[k]);
  const shift = Math.max(0, sum.toString(2).length - DOUBLE_BITS);
  // Two steps: 2^−1074 alone is the smallest number there is.
  return Number(sum >> BigInt(shift)) * 2 ** (shift - 537) * 2 ** -537;
}

/** The whole number m with v = m · 2^−1074, for 0 ≤ v ≤ 1. */
export function multipleOf(v) {
  if (v === 0) return 0n;
  const exponent = Math.max(-1022, Math.floor(Math.log2(Math.max(v, SMALLEST))));
  const shift = 52 - exponent;
  // Two steps: 2^shift itself may be beyond the largest number.
  const half = Math.floor(shift / 2);
  const mantissa = BigInt(v * 2 ** half * 2 ** (shift - half));
  return mantissa << (FRACTION_BITS - BigInt(shift));
}
