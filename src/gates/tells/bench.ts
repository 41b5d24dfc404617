/** Asks one candidate the same inputs again and again, in surroundings and in orders that are chosen. */
import type { Candidate } from '../../core/candidate.ts';
import type { Json } from '../../core/json.ts';
import type { Caller, Conditions } from '../../evaluators/contract.ts';
import { type Answer, answersAtOnce } from '../calls/answers.ts';
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
  /** Of a process that answered nothing before. */
  row(candidate: Candidate, trial: Trial): Promise<Row>;
  /** What stands in the way of a verdict, as far as is known. */
  trouble(): string | undefined;
  /** Inputs asked so far. */
  asked(): number;
}

export function benchOf(
  caller: Caller,
  { inputs, probes }: { readonly inputs: readonly Json[]; readonly probes: number },
  signal: AbortSignal,
): Bench {
  const plain = plainConditions(caller);
  let trouble: string | undefined;
  let asked = 0;
  return {
    inputs,
    probes: inputs.slice(0, probes).map((_, at) => at),
    sets: caller.traits.sets,
    async row(candidate, { order, conditions }) {
      const chosen = order.map((at) => inputs[at] as Json);
      const request = {
        candidate,
        inputs: chosen,
        isCold: true,
        conditions: { ...plain, ...conditions },
      };
      const found = await answersAtOnce(caller, request, signal);
      trouble ??= found.trouble;
      asked += chosen.length;
      const row: Answer[] = inputs.map(() => undefined);
      for (const [place, at] of order.entries()) row[at] = found.answers[place];
      return row;
    },
    trouble: () => trouble,
    asked: () => asked,
  };
}

/** Of calls that toggle nothing. */
export function plainConditions({ traits }: Caller): Conditions {
  return traits.sets.includes('batch') ? { batch: PLAIN_BATCH } : {};
}
