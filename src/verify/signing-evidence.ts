/** Keys, roots and what signed answers are about, as far as later entries depend on them. */
import type { EventBody } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';
import type { KeyRing } from '../core/key-records.ts';
import type { Whereabouts } from './whereabouts.ts';

export interface SigningEvidence {
  /** Records of the keys from outside the ledger; undefined where none were given. */
  readonly ring: KeyRing | undefined;
  /** What signed roots say of where something was altered. */
  readonly where: Whereabouts;
  /** Public keys by their ids, as the ledger itself tells them. */
  readonly told: Map<Hash, string>;
  /** Hashes of the entries after the last root. */
  since: Hash[];
  /** The last root of the ledger. */
  root: { readonly generation: number; readonly to: number };
  /** Entry of the last promotion of the main arm; 0 for none. */
  promotedAt: number;
  /** Something was signed: a study without a gatekeeper has nothing to be signed. */
  isSigned: boolean;
  readonly audits: Map<number, Pick<EventBody['audit.opened'], 'from' | 'to'>>;
  readonly requests: Map<number, EventBody['approval.requested']>;
}

export function newSigning({
  ring,
  where,
}: Pick<SigningEvidence, 'ring' | 'where'>): SigningEvidence {
  return {
    ring,
    where,
    told: new Map(),
    since: [],
    root: { generation: 0, to: 0 },
    promotedAt: 0,
    isSigned: false,
    audits: new Map(),
    requests: new Map(),
  };
}
