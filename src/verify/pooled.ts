/** Confirms on a finite pool: which of its cases were drawn, and what its keeper answered in bits. */
import { confirmSpec } from '../claims/decide.ts';
import { bitLevel, poolVerdict } from '../claims/pool.ts';
import type { SampledRule } from '../claims/rule.ts';
import type { EventBody } from '../core/events.ts';
import type { EProcessSpec } from '../stats/e-process.ts';
import { withPairedScale } from '../stats/noise-floor.ts';
import { near, sameRecord } from './agreement.ts';
import type { ArmEvidence, Challenger, Complain, Evidence } from './evidence.ts';
import { isRunOf } from './holdout.ts';

/** The case that the i-th pair to come is due to have; undefined where that cannot be told. */
export function pooledCase({ opened, poolOrder, drawn }: Evidence, i: number): number | undefined {
  return poolOrder?.[(opened.pool?.asked ?? 0) + drawn + i];
}

/** Whatever the order: a case is one of the pool. */
export function checkInPool(
  { opened }: Evidence,
  cases: readonly number[],
  complain: Complain,
): void {
  const { pool } = opened;
  if (pool === undefined) return;
  const stray = cases.find((one) => one >= pool.cases);
  if (stray !== undefined) complain('decision', `Case ${stray} is not one of the pool.`);
}

interface Pooled {
  readonly body: EventBody['trial.confirmed'];
  readonly open: Challenger;
  readonly arm: ArmEvidence;
  readonly complain: Complain;
}

export function isOfBits({ opened }: Evidence): boolean {
  return opened.pool?.use === 'bit';
}

/** What a bit may have rested on; the values stay with the gate. */
export function checkPooled(study: Evidence, { body, open, arm, complain }: Pooled): void {
  const { rule, floor, opened } = study;
  const asked = opened.pool?.asked ?? 0;
  if (!body.pool) {
    complain('decision', 'A pool that answers in bits decides by its keeper, and none is named.');
    return;
  }
  const told = [body.index, body.logE, body.effect, body.why, body.guards, body.objectiveAt];
  if (told.some((one) => one !== undefined) || open.differences.length > 0) {
    complain('decision', 'It tells more of the pool than accepted or not.');
  }
  if (body.attempt !== arm.attempts + 1) {
    complain('decision', `This is attempt ${arm.attempts + 1}, not attempt ${body.attempt}.`);
  }
  if (body.n !== asked) complain('decision', `The whole pool is ${asked} pairs, not ${body.n}.`);
  if (!isRunOf(body.pool.evals, asked)) {
    complain('decision', `${body.pool.evals} evaluations cannot be those of ${asked} pairs.`);
  }
  if (rule && floor && rule.mode !== 'exact') {
    const spec = confirmSpec(rule, withPairedScale(floor, open.trained));
    checkTest(rule, { spec, arm, body, complain });
  }
  arm.evals += body.pool.evals;
  checkKept(study, { body, arm, open, complain });
}

function checkTest(
  rule: SampledRule,
  of: Pick<Pooled, 'arm' | 'body' | 'complain'> & { readonly spec: EProcessSpec },
): void {
  const { spec, arm, body, complain } = of;
  const level = bitLevel(rule, { attempt: arm.attempts + 1, acceptedBefore: arm.accepted });
  if (!near(level, body.alpha ?? Number.NaN)) {
    complain('decision', `The rule gives this attempt level ${level}, not ${body.alpha}.`);
  }
  if (!sameRecord(body.spec, spec)) {
    complain('decision', `The test was fixed as ${JSON.stringify(spec)}, not as recorded.`);
  }
}

/** With the gate's record beside it: the bit follows from the values that were kept. */
function checkKept({ gate, opened }: Evidence, { body, complain }: Pooled): void {
  if (gate === undefined || body.pool === undefined) return;
  const { entry, evidence } = body.pool;
  const found = gate.entries[entry - 1];
  gate.named.add(entry);
  if (found?.kind !== 'pooled' || found.evidence !== evidence) {
    complain('gate', `The gate's record has no such entry ${entry}: it is an older copy.`);
    return;
  }
  const { candidate, against, attempt, level, spec, verdict } = found.body;
  const isSame = candidate === body.candidate && against === body.against;
  if (!isSame || attempt !== body.attempt || verdict !== body.verdict) {
    complain('gate', `Entry ${entry} of the gate's record says something else.`);
  }
  if (!near(level, body.alpha ?? Number.NaN) || !sameRecord(spec, body.spec as object)) {
    complain('gate', `Entry ${entry} of the gate's record is of another test.`);
  }
  const test = { level, spec: spec as unknown as EProcessSpec };
  if (poolVerdict(test, found.body, opened.metric) === verdict) return;
  complain('gate', `Entry ${entry} of the gate's record says ${verdict}; its values do not.`);
}
