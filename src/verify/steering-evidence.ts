/** What people said, as far as later entries depend on it. */
import type { SteeringOf } from '../core/steering.ts';

export interface Veto {
  readonly id: string;
  readonly value: SteeringOf<'veto'>['value'];
  /** Trials settled when it was pronounced. */
  readonly at: number;
}

export interface SteeringEvidence {
  readonly ids: Set<string>;
  readonly vetoes: Veto[];
  /** Limits as people changed them; those of the config are not in the ledger. */
  budget: { readonly trials?: number | undefined; readonly evals?: number | undefined };
}

export function newSteering(): SteeringEvidence {
  return { ids: new Set(), vetoes: [], budget: {} };
}
