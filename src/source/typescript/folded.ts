/** Values of expressions that depend on nothing, as they are read from a tree. */

export type Folded =
  | number
  | string
  | boolean
  | bigint
  | null
  | undefined
  | RegExp
  | readonly Folded[];

/** What an expression is known to be; undefined for one that depends on something. */
export interface Known {
  readonly value: Folded;
}

/** Longest text or list that is followed (included). */
export const LONGEST = 4_096;

export function isList(value: Folded): value is readonly Folded[] {
  return Array.isArray(value);
}
