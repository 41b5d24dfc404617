/** Answers of candidate and incumbent to the same inputs, side by side. */
import type { Candidate } from '../../core/candidate.ts';
import type { Json } from '../../core/json.ts';
import type { Caller, CallRequest } from '../../evaluators/contract.ts';
import type { Intake } from '../contract.ts';
import { type Answer, type Answers, answersOf } from './answers.ts';

export type Pair = readonly [candidate: Answer, incumbent: Answer];

/** Inputs handed over at a time, where that can be chosen. */
const BATCH = 250;

interface Asking extends Pick<CallRequest, 'withinMs'> {
  readonly caller: Caller;
  readonly intake: Intake;
  readonly signal: AbortSignal;
}

/** Where the incumbent gives no answers, nobody else is asked. */
export async function bothOf(
  { caller, intake, signal, withinMs }: Asking,
  inputs: readonly Json[],
): Promise<{
  readonly answers: readonly Pair[];
  readonly cpuMs: number;
  readonly trouble?: string;
}> {
  const conditions = caller.traits.sets.includes('batch') ? { batch: BATCH } : {};
  const limit = withinMs === undefined ? {} : { withinMs };
  const ask = (candidate: Candidate): Promise<Answers> =>
    answersOf(caller, { candidate, inputs, conditions, ...limit }, signal);
  const incumbent = await ask(intake.incumbent);
  const { cpuMs } = incumbent;
  if (incumbent.trouble !== undefined) return { answers: [], cpuMs, trouble: incumbent.trouble };
  if (incumbent.answers.every((one) => one === undefined)) {
    return { answers: inputs.map((): Pair => [undefined, undefined]), cpuMs };
  }
  const candidate = await ask(intake.candidate);
  if (candidate.trouble !== undefined) return { answers: [], cpuMs, trouble: candidate.trouble };
  const answers = inputs.map((_, at): Pair => [candidate.answers[at], incumbent.answers[at]]);
  return { answers, cpuMs };
}
