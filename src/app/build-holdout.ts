/** The gate of a study with a sealed hold-out. */
import type { EventBody } from '../core/events.ts';
import { holdoutGate } from '../gates/c4-holdout.ts';
import type { HoldoutGate } from '../gates/contract.ts';
import type { PairMeasurer } from '../loop/pairs.ts';
import { sealedCases, sealedMeasure } from '../loop/sealed.ts';
import { type GateRequest, gateRecordOf } from './gate-record.ts';

/** Undefined where the config asks for none. */
export function buildHoldout(
  request: GateRequest,
  measurer: PairMeasurer & {
    readonly opened: Pick<EventBody['study.opened'], 'metric' | 'holdout'>;
  },
): HoldoutGate | undefined {
  const { holdout: promise, metric } = measurer.opened;
  if (promise === undefined) return undefined;
  const sealed = sealedMeasure(measurer, sealedCases(measurer, promise.cases));
  return holdoutGate({ ...gateRecordOf(request), promise, metric, sealed });
}
