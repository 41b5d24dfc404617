/** A value that a program waits for, and what of its input has to be that value. */
import type { Json } from '../core/json.ts';

export interface Target {
  readonly value: Json;
  /** `element`: a value anywhere in the input. `sum` and `product`: of two values, or of a whole list. */
  readonly of: 'element' | 'length' | 'sum' | 'difference' | 'product' | 'code';
  /** The name or the number by which the program gets at it, where it says so. */
  readonly hint?: string | number;
}

export interface Mined {
  /** What conditions compare with, worked back to the input. */
  readonly tested: readonly Target[];
  /** Targets of one condition, or of conditions inside each other: all have to hold at once. */
  readonly together: readonly (readonly Target[])[];
  /** Every other constant, those of long lists left out. */
  readonly others: readonly (number | string)[];
  /** Constants of long lists: tables, as of CRC or of primes. */
  readonly tables: readonly (number | string)[];
}
