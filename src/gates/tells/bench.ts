/** Asks one candidate the same inputs again and again, in surroundings and in orders that are chosen. */
import pLimit from 'p-limit';
import type { Candidate } from '../../core/candidate.ts';
import type { Json } from '../../core/json.ts';
import type { Caller, Conditions } from '../../evaluators/contract.ts';
import { allEnded } from '../calls/all-ended.ts';
import { type Answer, answersAtOnce, answersOf } from '../calls/answers.ts';
import { PLAIN_BATCH } from './table.ts';

/** Answers by number of the input, undefined where an input was not asked. */
export type Row = readonly Answer[];

export interface Trial {
  /** Numbers of inputs, in the order they are asked. */
  readonly order: readonly number[];
  readonly conditions?: Conditions;
}

export interface Bench {
  readonly inputs: readonly Json[];
  /** Numbers of the inputs that most trials ask: the first ones. */
  readonly probes: readonly number[];
  readonly sets: readonly (keyof Conditions)[];
  /** Of a process that answered nothing before; a few at the same time, and who asks for more waits. */
  row(candidate: Candidate, trial: Trial): Promise<Row>;
  rows(candidate: Candidate, trials: readonly Trial[]): Promise<readonly Row[]>;
  /** Answers to inputs of its own, of a process that may have answered others. */
  said(candidate: Candidate, inputs: readonly Json[]): Promise<readonly Answer[]>;
  /** What stands in the way of a verdict, as far as is known. */
  trouble(): string | undefined;
  /** Inputs asked so far. */
  asked(): number;
}

/** Most of a row is the start of its process, which takes one core. */
const AT_ONCE = 3;

export function benchOf(
  caller: Caller,
  { inputs, probes }: { readonly inputs: readonly Json[]; readonly probes: number },
  signal: AbortSignal,
): Bench {
  const plain = plainConditions(caller);
  const turn = pLimit(AT_ONCE);
  let trouble: string | undefined;
  let asked = 0;
  const row: Bench['row'] = async (candidate, { order, conditions }) => {
    const chosen = order.map((at) => inputs[at] as Json);
    const request = {
      candidate,
      inputs: chosen,
      isCold: true,
      conditions: { ...plain, ...conditions },
    };
    const found = await turn(() => answersAtOnce(caller, request, signal));
    trouble ??= found.trouble;
    asked += chosen.length;
    const answers: Answer[] = inputs.map(() => undefined);
    for (const [place, at] of order.entries()) answers[at] = found.answers[place];
    return answers;
  };
  return {
    inputs,
    probes: inputs.slice(0, probes).map((_, at) => at),
    sets: caller.traits.sets,
    row,
    rows: (candidate, trials) => allEnded(trials.map((trial) => row(candidate, trial))),
    async said(candidate, own) {
      const request = { candidate, inputs: own, conditions: plain };
      const found = await turn(() => answersOf(caller, request, signal));
      trouble ??= found.trouble;
      return found.answers;
    },
    trouble: () => trouble,
    asked: () => asked,
  };
}

/** Of calls that toggle nothing. */
export function plainConditions({ traits }: Caller): Conditions {
  return traits.sets.includes('batch') ? { batch: PLAIN_BATCH } : {};
}
