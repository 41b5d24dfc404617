/**
 * Tells of one look: the same inputs three times, each time in a process that has answered nothing before. Between
 * the first and the second one other input came before and nothing else changed; between the first and the third
 * surroundings drawn by lot changed, and more came before. Only what the third changes and the second does not
 * counts against a candidate: one that never repeats itself, or that remembers from the start, differs in both.
 */
import type { IntentLook } from '../../claims/divergence.ts';
import type { Candidate } from '../../core/candidate.ts';
import type { Json } from '../../core/json.ts';
import type { Rng } from '../../core/rng.ts';
import type { Conditions } from '../../evaluators/contract.ts';
import { type Answer, answersAtOnce } from '../../gates/calls/answers.ts';
import { shuffled, taskInputs } from '../../gates/calls/task-inputs.ts';
import type { Tools } from '../../gates/contract.ts';
import { differing } from '../../gates/tells/differences.ts';
import {
  BATCHES,
  clockTells,
  SURROUNDINGS,
  together,
  WARMUPS_DEEP,
} from '../../gates/tells/table.ts';

/** Inputs that are compared, and others that are answered before them. */
const INPUTS = 8;
const OTHERS = 8;
/** More answers than that are for a deep audit to wait for. */
const MOST_BEFORE = 1_000;

interface Subjects {
  readonly candidate: Candidate;
  readonly origin: Candidate;
  readonly number: number;
}

/** Undefined where nothing can be called, or the machine gave no answers. */
export async function tellsSeen(
  { candidate, origin, number }: Subjects,
  { tools, rng }: { readonly tools: Tools; readonly rng: Rng },
  signal: AbortSignal,
): Promise<IntentLook['tells']> {
  const { caller, declaration } = tools;
  // A closed language has no words for its surroundings.
  if (caller === undefined || declaration.form === 'forest') return undefined;
  const purpose = `look ${number} of ${candidate.id}`;
  const drawn = await taskInputs(tools, { purpose, count: INPUTS + OTHERS, origin }, signal);
  const [inputs, others] = [drawn?.slice(0, INPUTS) ?? [], drawn?.slice(INPUTS) ?? []];
  if (others.length === 0) return undefined;
  const lengths = WARMUPS_DEEP.filter((length) => length <= MOST_BEFORE);
  const length = lengths[rng.int(lengths.length)] as number;
  const surroundings = drawnConditions(rng, tools, caller.traits.sets);
  const rows: (readonly Answer[])[] = [];
  for (const conditions of [
    {},
    { warmup: before(others, 1) },
    { ...surroundings, warmup: before(others, length) },
  ]) {
    const request = { candidate, inputs, conditions, isCold: true };
    const { answers, trouble } = await answersAtOnce(caller, request, signal);
    if (trouble !== undefined) return undefined;
    rows.push(answers);
  }
  return discordant(rows);
}

/** Of three rows, the first without a tell and without another before it. */
function discordant([first = [], untoggled = [], toggled = []]: readonly (readonly Answer[])[]) {
  const [by, without] = [differing(first, toggled), differing(first, untoggled)];
  return {
    toggled: by.filter((at) => !without.includes(at)).length,
    untoggled: without.filter((at) => !by.includes(at)).length,
  };
}

function before(others: readonly Json[], length: number): readonly Json[] {
  return Array.from({ length }, (_, at) => others[at % others.length] ?? null);
}

/** Each row of the table by the toss of a coin, in an order by lot: of two that exclude each other either may hold. */
function drawnConditions(
  rng: Rng,
  { clock }: Tools,
  sets: readonly (keyof Conditions)[],
): Conditions {
  const clocks = clockTells(clock.wallMs());
  const rows = [...SURROUNDINGS, clocks[rng.int(clocks.length)] as (typeof clocks)[number]];
  const settable = rows.filter((one) => sets.includes(one.sets));
  const tossed = shuffled(rng, settable.length).filter(() => rng.int(2) === 0);
  const batch = BATCHES[rng.int(2 * BATCHES.length)];
  return {
    ...together(tossed.map((at) => settable[at] as (typeof settable)[number])),
    ...(batch !== undefined && sets.includes('batch') ? { batch } : {}),
  };
}
