/** What people said, as far as later entries depend on it. */
import type { Hash } from '../core/hash.ts';
import { type KeySet, newKeySet } from '../core/key-set.ts';
import type { Prediction } from '../core/prediction.ts';
import type { Outsider, SteeringOf } from '../core/steering.ts';

/** A veto or a constraint, and when it stood, in trials settled. */
export type Rule = {
  readonly id: string;
  readonly at: number;
  /** Taken back; absent while it stands. */
  until?: number;
} & (SteeringOf<'veto'> | SteeringOf<'constraint'>);

/** A candidate that somebody outside wrote, and what its trial has to say. */
export interface Written extends Outsider {
  readonly id: string;
  readonly trial: number;
  readonly candidate: Hash;
  readonly key: string;
  readonly size: number;
  /** The incumbent when it was taken up. */
  readonly parent: Hash;
  readonly predicted: Prediction;
}

export interface SteeringEvidence {
  readonly ids: Set<string>;
  /** In the order in which they were said, those taken back included. */
  readonly rules: Rule[];
  /** Not settled yet, by trial. */
  readonly written: Map<number, Written>;
  /** Candidates that the main arm admitted: what may be pinned. */
  readonly admitted: KeySet;
  readonly pins: Set<Hash>;
  /** Limits as people changed them; those of the config are not in the ledger. */
  budget: { readonly trials?: number | undefined; readonly evals?: number | undefined };
  /** What a person closed in the entry before, and whether that was recorded. */
  closing: (SteeringOf<'close-incident'>['value'] & { readonly by: string }) | undefined;
  incidents: number;
  readonly openIncidents: Set<number>;
}

export function newSteering(): SteeringEvidence {
  return {
    ids: new Set(),
    rules: [],
    written: new Map(),
    admitted: newKeySet(),
    pins: new Set(),
    budget: {},
    closing: undefined,
    incidents: 0,
    openIncidents: new Set(),
  };
}
