export function isInside(numbers: ArrayLike<unknown>): boolean;
export function smallestShare(numbers: ArrayLike<number>): number;
