import type { Hash } from '../../core/hash.ts';
import type { FileDiff } from '../../source/unified-diff.ts';

/** What differs between two candidates. */
export interface Change {
  readonly files: readonly FileDiff[];
  /** What the second reaches for that the first did not, one sentence each. */
  readonly scope: readonly string[];
}

/** What a report is told beside the ledger: where the study lies and how its candidates are read. */
export interface Given {
  /** Name of the study's folder. */
  readonly id: string;
  /** Logical digest of the entries read, where the store knows it. */
  readonly head?: { readonly logical: Hash };
  /** The readable source of a candidate's canonical text. */
  readonly toSource: (text: string) => string;
  /** Absent where a candidate is one short text: both are then printed in full. */
  readonly change?: (from: string, to: string) => Change;
}
