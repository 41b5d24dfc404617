/** What is asked of the gate, and how its answers are recorded: never a value before the end. */
import { holdoutStep, sizeOf } from '../claims/holdout.ts';
import type { HoldoutGate } from '../gates/contract.ts';
import type { Step } from './decide.ts';
import { isRepeatable, MAIN_ARM } from './plan.ts';
import { armOf } from './state.ts';
import { record, type Study } from './study.ts';

type StepOf<D extends Step['do']> = Extract<Step, { readonly do: D }>;

function gateOf({ plan }: Study): HoldoutGate {
  if (plan.holdout) return plan.holdout;
  throw new Error('a sealed set in a study that has none');
}

export async function seal(study: Study): Promise<void> {
  const { plan, state } = study;
  const { rule, opened } = plan;
  if (!state.floor || rule.mode === 'exact' || !opened.holdout) return;
  const body = await gateOf(study).seal(
    {
      candidate: armOf(state, MAIN_ARM).incumbent,
      step: holdoutStep(rule, state.floor, opened.holdout.cases),
      isRepeatable: isRepeatable(plan, state),
    },
    study.stepAbort.signal,
  );
  record(study, { type: 'holdout.sealed', actor: 'gate', body });
}

/** The block is durable before the gate spends an answer on it: a crash asks the same again. */
export async function askHoldout(study: Study, { open }: StepOf<'ask-holdout'>): Promise<void> {
  const { plan, state } = study;
  await study.ledger.flush();
  const body = await gateOf(study).judge(
    {
      candidate: open.candidate,
      against: armOf(state, MAIN_ARM).incumbent,
      generation: state.holdout?.generation ?? 0,
      block: sizeOf(open.block),
      isRepeatable: isRepeatable(plan, state),
    },
    study.stepAbort.signal,
  );
  // The gate has retired that set in a course of this study that the ledger does not hold.
  if (body === undefined) return seal(study);
  record(study, { type: 'holdout.queried', trial: open.trial, actor: 'gate', body });
}

export async function reveal(study: Study, step: StepOf<'reveal'>): Promise<void> {
  const body = await gateOf(study).reveal(step.generation, step.candidate);
  record(study, { type: 'holdout.revealed', actor: 'gate', body });
}
