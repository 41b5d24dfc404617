export function isPacking(numbers: ArrayLike<unknown>): boolean;
export function sumOfRadii(numbers: ArrayLike<number>): number;
export function multipleOf(v: number): bigint;
