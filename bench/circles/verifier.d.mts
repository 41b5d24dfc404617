/** x, y, r of circle after circle, strictly inside the rules: exact arithmetic, no tolerance. */
export function isPacking(numbers: ArrayLike<number>): boolean;
/** The whole number m with v = m · 2^−1074, for 0 ≤ v ≤ 1. */
export function multipleOf(v: number): bigint;
