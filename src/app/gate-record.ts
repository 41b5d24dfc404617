/** The gate's own record of a study, beside its secret: made with the study, opened when first needed. */
import { type Hash, sha256 } from '../core/hash.ts';
import type { GateStore } from '../gates/contract.ts';
import { createRecord, openRecord } from '../gates/record-file.ts';
import { gateRecordPath } from './study-files.ts';

export interface GateRequest {
  readonly id: string;
  readonly root: string;
  readonly secret: string;
  /** Opened already, by whoever writes to it. */
  readonly store?: GateStore;
}

interface Keeping {
  readonly open: () => GateStore;
  readonly secretCommit: Hash;
}

export function gateRecordOf({ id, root, secret, store }: GateRequest): Keeping {
  const secretCommit = sha256(secret);
  const path = gateRecordPath(root, id);
  return { secretCommit, open: () => store ?? openRecord({ path, secretCommit }) };
}

/** Of a new study: every verdict is written down there before it is told. */
export function createGateRecord({ id, root }: Omit<GateRequest, 'secret' | 'store'>): void {
  createRecord(gateRecordPath(root, id));
}
