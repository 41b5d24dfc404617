import type { Hash } from './hash.ts';

/** Content address of a candidate's canonical text. */
export type CandidateId = Hash;

/** An immutable, content-addressed version of what is improved. */
export interface Candidate {
  readonly id: CandidateId;
  /** Canonical text of the task kind's codec. */
  readonly text: string;
}
