/** Numbers that a remainder or a product of 32 bits leads back to. */

/** `factor · x + offset`. */
export interface Linear {
  readonly factor: number;
  readonly offset: number;
}

/** Largest x that is tried, and solutions that are named (included). */
const MOST_TRIED = 300_000;
const MOST_FOUND = 3;

/** Smallest whole x from 0 on with (factor · x + offset) mod `modulus` = `value`, by trying. */
export function congruent(
  { factor, offset }: Linear,
  value: number,
  modulus: number,
): readonly number[] {
  const found: number[] = [];
  const most = Math.min(Math.abs(modulus), MOST_TRIED);
  for (let x = 0; x < most && found.length < MOST_FOUND; x++) {
    if ((factor * x + offset) % modulus === value) found.push(x);
  }
  return found;
}

/** x with Math.imul(x, factor) = value, signed and not: an odd factor has an inverse mod 2^32 (Newton). */
export function undoneImul(value: number, factor: number): readonly number[] {
  if (factor % 2 === 0) return [];
  let inverse = factor;
  for (let step = 0; step < 5; step++) {
    inverse = Math.imul(inverse, 2 - Math.imul(factor, inverse));
  }
  const x = Math.imul(value, inverse);
  return [x >>> 0, x];
}
