/** What is looked at: one candidate's outputs on one batch of inputs, and the origin's beside them. */
import type { Candidate } from '../../core/candidate.ts';
import { PacelineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Caller, CallOutput } from '../../evaluators/contract.ts';
import { quoted } from './quoted.ts';

export type Outputs = readonly CallOutput[];

export interface Batch {
  readonly seed: number;
  readonly inputs: readonly Json[];
  readonly outputs: Outputs;
  /** Made by a check: the process that judges drew none of them, and silence on them is no fault. */
  readonly isPlanted?: true;
}

/** A failing input. */
export interface First {
  /** Its place in the batch, where it can be drawn again and made smaller. */
  readonly at?: number;
  readonly input: Json;
  readonly why: string;
  /** The property gave no answer, or one that is none. */
  readonly threw?: boolean;
}

/** What was found of one property on one batch. */
export interface Tally {
  readonly name: string;
  readonly tried: number;
  readonly failed: number;
  readonly first?: First | undefined;
  /** Of the inputs that failed, in the batch; absent where nobody asks. */
  readonly places?: readonly number[];
  /** Raises suspicion and rejects nothing. */
  readonly isUnconfirmed?: boolean;
}

/** A candidate that gave no answers at all: no property can be tried on it. */
export class NoAnswers extends Error {}

/** A candidate that has used up what one check may take. */
export class TooLong extends Error {}

export interface Calling {
  readonly caller: Caller;
  readonly signal: AbortSignal;
  /** Inputs of one call: each call is a realm of its own, and so are the candidate's first answers in it. */
  readonly batch: number;
  /** Whether it has had its time: it gets no further call. */
  readonly isOver?: () => boolean;
}

export class Subject {
  readonly candidate: Candidate;
  private readonly calling: Calling;
  cpuMs = 0;

  constructor(candidate: Candidate, calling: Calling) {
    this.candidate = candidate;
    this.calling = calling;
  }

  /** The same one, for as long as that is not over. */
  until(isOver: () => boolean): Subject {
    return new Subject(this.candidate, { ...this.calling, isOver });
  }

  /** @throws TooLong where its time is over, NoAnswers where the candidate broke off, PacelineError `INFRASTRUCTURE` where the machine did. */
  async outputs(inputs: readonly Json[], isCold = false): Promise<Outputs> {
    const { caller, signal, batch, isOver } = this.calling;
    const all: CallOutput[] = [];
    // One process for all of what is asked cold.
    const perCall = isCold ? Math.max(1, inputs.length) : batch;
    for (let at = 0; at < inputs.length; at += perCall) {
      if (isOver?.()) throw new TooLong();
      const some = inputs.slice(at, at + perCall);
      const request = { candidate: this.candidate, inputs: some, conditions: { batch }, isCold };
      const called = await caller.call(request, signal);
      if ('outcome' in called) throw this.unanswered(called.outcome, called.message);
      this.cpuMs += called.cpuMs;
      for (const output of called.outputs) all.push(output);
    }
    return all;
  }

  private unanswered(outcome: string, message: string): Error {
    if (outcome === 'infra-error') return new PacelineError('INFRASTRUCTURE', message);
    return new NoAnswers(`It gave no answers (${outcome}): ${quoted(message)}`);
  }
}

/** The first input that the origin answers and the candidate does not. */
export async function unanswered(batch: Batch, origin: Subject): Promise<First | undefined> {
  const silent = batch.outputs.flatMap((output, i) => ('failed' in output ? [i] : []));
  if (silent.length === 0) return undefined;
  const inputs = silent.map((i) => batch.inputs[i] as Json);
  const expected = await origin.outputs(inputs);
  const at = expected.findIndex((output) => 'output' in output);
  const output = batch.outputs[silent[at] ?? -1];
  if (output === undefined || !('failed' in output)) return undefined;
  return { input: inputs[at] as Json, why: `it gave no output: ${quoted(output.failed)}` };
}
