/** A finite pool of confirm cases: what comes next of it, and the question of an attempt to whoever keeps it. */
import { confirmSpec } from '../claims/decide.ts';
import { PacelineError } from '../core/errors.ts';
import { withPairedScale } from '../stats/noise-floor.ts';
import type { Step } from './decide.ts';
import { attemptIndex, attemptLevelOf } from './levels.ts';
import { isRepeatable, type Plan } from './plan.ts';
import { armOf, type StudyState } from './state.ts';
import { record, type Study } from './study.ts';

/** Without replacement, in the order of the secret, whoever draws. Nothing where cases have no end. */
export function poolCases({ pool, opened }: Plan, { drawn }: StudyState) {
  if (pool === undefined) return {};
  const from = (opened.pool?.asked ?? 0) + drawn;
  return { caseAt: (i: number): number => drawnFrom(pool.order, from + i) };
}

function drawnFrom(order: ArrayLike<number>, at: number): number {
  const found = order[at];
  if (found !== undefined) return found;
  throw new PacelineError(
    'INTERNAL',
    `The pool has ${order.length} cases, and one more was asked for. Please report this; the ledger is unharmed.`,
    { cases: order.length },
  );
}

/** The scale is fixed without a look at the pool: where floor and screen show none, its first pair bets on a sign. */
export async function askPool(
  study: Study,
  { open }: Extract<Step, { readonly do: 'ask-pool' }>,
): Promise<void> {
  const { plan, state } = study;
  const { rule, opened, pool } = plan;
  if (!state.floor || rule.mode === 'exact' || !opened.pool || !pool?.gate) return;
  const arm = armOf(state, open.arm);
  const at = attemptIndex(arm);
  const level = attemptLevelOf(rule, at, opened.pool);
  const spec = confirmSpec(rule, withPairedScale(state.floor, open.trained));
  const names = { arm: open.arm, attempt: at.attempt };
  const sides = { candidate: open.candidate, against: arm.incumbent };
  await study.ledger.flush();
  const { verdict, ...told } = await pool.gate.confirm(
    { ...names, ...sides, level, spec, isRepeatable: isRepeatable(plan, state) },
    study.stepAbort.signal,
  );
  record(study, {
    type: 'trial.confirmed',
    trial: open.trial,
    actor: 'gate',
    body: {
      ...names,
      candidate: open.candidate.id,
      against: arm.incumbent.id,
      alpha: level,
      spec,
      n: opened.pool.asked,
      verdict,
      pool: told,
    },
  });
}
