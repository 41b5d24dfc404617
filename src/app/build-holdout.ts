/** The gate of a study with a sealed hold-out: its check, and its record beside the secret. */
import { sha256 } from '../core/hash.ts';
import { holdoutGate } from '../gates/c4-holdout.ts';
import type { HoldoutGate } from '../gates/contract.ts';
import { createRecord, openRecord } from '../gates/record-file.ts';
import type { PairMeasurer } from '../loop/pairs.ts';
import type { Plan } from '../loop/plan.ts';
import { sealedCases, sealedMeasure } from '../loop/sealed.ts';
import type { Config } from './config-schema.ts';
import { gateRecordPath } from './study-files.ts';

interface HoldoutRequest {
  readonly id: string;
  readonly root: string;
  readonly config: Config;
  readonly secret: string;
}

/** Undefined where the config asks for none. Its record is opened when it is first needed. */
export function buildHoldout(
  { id, root, secret }: HoldoutRequest,
  measurer: PairMeasurer & Pick<Plan, 'opened'>,
): HoldoutGate | undefined {
  const { holdout: promise, metric } = measurer.opened;
  if (promise === undefined) return undefined;
  const secretCommit = sha256(secret);
  return holdoutGate({
    open: () => openRecord({ path: gateRecordPath(root, id), secretCommit }),
    secretCommit,
    promise,
    metric,
    sealed: sealedMeasure(measurer, sealedCases(measurer, promise.cases)),
  });
}

/** Of a new study, where it needs one. */
export function createGateRecord({ id, root, config }: Omit<HoldoutRequest, 'secret'>): void {
  const isKept = config.splits.holdout || config.splits.confirm?.pool.use === 'bit';
  if (isKept) createRecord(gateRecordPath(root, id));
}
