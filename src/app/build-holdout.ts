/** The gate of a study with a sealed hold-out, whose cases follow from a secret that the engine does not hold. */
import type { EventBody } from '../core/events.ts';
import { secretRoot } from '../core/rng.ts';
import { holdoutGate } from '../gates/c4-holdout.ts';
import type { HoldoutGate, SealedMeasure } from '../gates/contract.ts';
import type { Kept } from '../gates/kept.ts';
import type { PairMeasurer } from '../loop/pairs.ts';
import { sealedCases, sealedMeasure } from '../loop/sealed.ts';
import { type GateRequest, gateRecordOf } from './gate-record.ts';

export interface HoldoutRequest extends GateRequest {
  /** The gatekeeper's own secret. */
  readonly own: string;
  readonly kept: Pick<Kept, 'of'>;
}

/** Undefined where the config asks for none. */
export function buildHoldout(
  request: HoldoutRequest,
  measurer: PairMeasurer & {
    readonly opened: Pick<EventBody['study.opened'], 'metric' | 'holdout'>;
  },
): HoldoutGate | undefined {
  const { holdout, metric } = measurer.opened;
  if (holdout === undefined) return undefined;
  const promise = { ...holdout, secret: 'gatekeeper' } as const;
  const own = { ...measurer, secretRoot: secretRoot(request.own) };
  const planOf = (set: number) => (isOfStudy(request.kept, set) ? measurer : own);
  const cases = (set: number) => sealedCases(planOf(set), promise.cases)(set);
  const measure: SealedMeasure['measure'] = (question, signal) =>
    sealedMeasure(planOf(question.generation), cases).measure(question, signal);
  return holdoutGate({ ...gateRecordOf(request), promise, metric, sealed: { cases, measure } });
}

/** A set that was sealed before gatekeepers had a secret stays what it was. */
function isOfStudy(kept: Pick<Kept, 'of'>, set: number): boolean {
  return kept.of('sealed').some(({ body }) => body.generation === set && body.secret === undefined);
}
