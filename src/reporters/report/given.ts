import type { Hash } from '../../core/hash.ts';

/** What a report is told beside the ledger: where the study lies and how its candidates are read. */
export interface Given {
  /** Name of the study's folder. */
  readonly id: string;
  /** Logical digest of the entries read, where the store knows it. */
  readonly head?: { readonly logical: Hash };
  /** The readable source of a candidate's canonical text. */
  readonly toSource: (text: string) => string;
}
