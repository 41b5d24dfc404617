/** The gate's own record of a study, beside its secret: made with the study, opened when first needed. */
import { type Hash, sha256 } from '../core/hash.ts';
import type { GateStore } from '../gates/contract.ts';
import { createRecord, openRecord } from '../gates/record-file.ts';
import type { Config } from './config-schema.ts';
import { gateRecordPath } from './study-files.ts';

export interface GateRequest {
  readonly id: string;
  readonly root: string;
  readonly secret: string;
}

interface Keeping {
  readonly open: () => GateStore;
  readonly secretCommit: Hash;
}

export function gateRecordOf({ id, root, secret }: GateRequest): Keeping {
  const secretCommit = sha256(secret);
  return { secretCommit, open: () => openRecord({ path: gateRecordPath(root, id), secretCommit }) };
}

/** Of a new study, where it needs one. */
export function createGateRecord({
  id,
  root,
  config,
}: Omit<GateRequest, 'secret'> & { readonly config: Config }): void {
  const isKept = config.splits.holdout || config.splits.confirm?.pool.use === 'bit';
  if (isKept) createRecord(gateRecordPath(root, id));
}
