/**
 * Answers to planted inputs, on which an honest program may run for ever: each batch has a time of its own, all of
 * them together have one, and what breaks off a batch is found by asking its inputs one at a time, last of all.
 */
import type { Candidate } from '../../core/candidate.ts';
import type { Clock } from '../../core/clock.ts';
import type { Json } from '../../core/json.ts';
import type { Caller } from '../../evaluators/contract.ts';
import type { Answer } from '../calls/answers.ts';

/** What a search may still take: time, and processes that broke off. */
export class Purse {
  private readonly clock: Clock;
  private readonly untilMs: number;
  private ends: number;

  constructor(clock: Clock, { wallMs, ends }: { readonly wallMs: number; readonly ends: number }) {
    this.clock = clock;
    this.untilMs = clock.monotonicMs() + wallMs;
    this.ends = ends;
  }

  leftMs(): number {
    return Math.max(0, Math.floor(this.untilMs - this.clock.monotonicMs()));
  }

  isSpent(): boolean {
    return this.leftMs() === 0 || this.ends <= 0;
  }

  broke(): void {
    this.ends -= 1;
  }
}

export interface BoundedCalls {
  readonly caller: Caller;
  readonly purse: Purse;
  readonly signal: AbortSignal;
}

export interface BoundedRequest {
  readonly candidate: Candidate;
  readonly inputs: readonly Json[];
  /** Time of one batch. Absent: the task's own limit. */
  readonly batchMs?: number | undefined;
  readonly isCold?: boolean;
  /** Of a batch that broke off, whether this one is asked again alone. Absent: all are. */
  readonly isWorth?: ((at: number) => boolean) | undefined;
}

export interface Bounded {
  /** Undefined where nobody could look: there was no time, or its own was too short. */
  readonly answers: readonly Answer[];
  readonly cpuMs: number;
  readonly trouble?: string;
}

/** Inputs handed over at a time: one of them that breaks off takes the others' answers with it. */
const BATCH = 50;

interface Part {
  readonly places: readonly number[];
  readonly batch: number;
}

export async function boundedAnswers(
  { caller, purse, signal }: BoundedCalls,
  {
    candidate,
    inputs,
    batchMs = Number.POSITIVE_INFINITY,
    isCold = false,
    isWorth = () => true,
  }: BoundedRequest,
): Promise<Bounded> {
  const answers: Answer[] = inputs.map(() => undefined);
  const isBatched = caller.traits.sets.includes('batch');
  const all: Part = { places: inputs.map((_, at) => at), batch: BATCH };
  const parts: Part[] = inputs.length === 0 ? [] : [all];
  let cpuMs = 0;
  for (let part = parts.shift(); part !== undefined && !purse.isSpent(); part = parts.shift()) {
    const { places, batch } = part;
    const called = await caller.call(
      {
        candidate,
        inputs: places.map((at) => inputs[at] as Json),
        isCold,
        batchMs: Math.min(batchMs, purse.leftMs()),
        withinMs: purse.leftMs(),
        ...(isBatched && { conditions: { batch } }),
      },
      signal,
    );
    const outputs = 'outputs' in called ? called.outputs : (called.answered ?? []);
    for (const [at, output] of outputs.entries()) answers[places[at] as number] = output;
    if ('outputs' in called) {
      cpuMs += called.cpuMs;
      if (outputs.length === places.length) continue;
      const trouble = `${outputs.length} answers came to ${places.length} inputs`;
      return { answers, cpuMs, trouble };
    }
    const { outcome, message, answered, isCut } = called;
    if (outcome === 'infra-error') return { answers, cpuMs, trouble: message };
    purse.broke();
    const { broken, rest } = split(part, answered?.length);
    const [one] = broken;
    parts.unshift(...rest);
    if (one === undefined) continue;
    if (broken.length > 1) parts.push(...partOf(broken.filter(isWorth), 1));
    else if (!isCut) answers[one] = { failed: `${outcome}: ${message}` };
  }
  return { answers, cpuMs };
}

function partOf(places: readonly number[], batch: number): readonly Part[] {
  return places.length === 0 ? [] : [{ places, batch }];
}

/** The batch in which it broke off, and what comes after it; two halves where nobody knows. */
function split(
  { places, batch }: Part,
  answered: number | undefined,
): { readonly broken: readonly number[]; readonly rest: readonly Part[] } {
  if (answered === undefined && places.length > 1) {
    const half = Math.ceil(places.length / 2);
    const halves = [places.slice(0, half), places.slice(half)];
    return { broken: [], rest: halves.flatMap((some) => partOf(some, batch)) };
  }
  const from = (answered ?? 0) + batch;
  return { broken: places.slice(answered ?? 0, from), rest: partOf(places.slice(from), batch) };
}
