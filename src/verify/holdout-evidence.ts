/** What the gate said and wrote, as far as later entries depend on it. */
import type { CaseRule } from '../claims/case-plan.ts';
import type { GateEntry } from '../core/gate-chain.ts';
import type { Hash } from '../core/hash.ts';

export interface HoldoutEvidence {
  readonly generation: number;
  readonly isOpen: boolean;
  /** Questions to it so far, as the gate counts them. */
  readonly asked: number;
  /** Those that the ledger knows, by answer. */
  readonly passed: number;
  readonly refused: number;
  readonly revealed: number;
  /** Sets whose cases follow from the gatekeeper's secret. */
  readonly ofGate: readonly number[];
  /** The last incumbent that was measured on the last set. */
  readonly measured?: Hash;
  /** The gate's entry named last. */
  readonly entry: number;
}

export function newHoldout(): HoldoutEvidence {
  const counts = { asked: 0, passed: 0, refused: 0, revealed: 0, entry: 0 };
  return { generation: 0, isOpen: false, ofGate: [], ...counts };
}

export interface GateEvidence {
  readonly entries: readonly GateEntry[];
  /** What the study promised of the cases of each property; absent in studies of before, and where C5 does not apply. */
  readonly caseRule?: CaseRule | undefined;
  /** Those the ledger names. */
  readonly named: Set<number>;
  /** By hash: those of which the sealed evidence is not there as it was written. */
  readonly lost: ReadonlySet<string>;
}
