/** Measurements of one candidate: of a trial, with what they cost it, and with nothing beside them. */
import type { Candidate } from '../core/candidate.ts';
import { PacelineError } from '../core/errors.ts';
import type { CaseResult, MeasureRequest } from '../evaluators/contract.ts';
import type { Queue } from '../queues/contract.ts';

/** What a person runs to go on where nothing else is said. */
export const RESUME = 'paceline resume';

export interface Meter {
  /** Charged to the arm, reused values included. */
  evals: number;
  /** Cases of these that were not measured again. */
  reused: number;
  cpuMs: number;
  /** Of it, what choosing among drafts and forecasting took. */
  tasteMs: number;
}

export function newMeter(): Meter {
  return { evals: 0, reused: 0, cpuMs: 0, tasteMs: 0 };
}

/** Infrastructure errors are retried on the same cases: never the candidate's fault. */
export const INFRA_RETRIES = 2;

export interface TrialRequest {
  /** Absent for what no trial asks for. */
  readonly trial?: number;
  readonly candidate: Candidate;
  readonly cases: readonly number[];
  readonly signal: AbortSignal;
  readonly meter: Meter;
}

export async function measureOne(
  queue: Queue,
  { trial, candidate, cases, signal, meter }: TrialRequest,
): Promise<readonly CaseResult[]> {
  for (let attempt = 0; ; attempt++) {
    const [measured] = await queue.measure([{ candidate, cases }], signal, trial);
    if (measured === undefined) throw new Error('the queue returned no result');
    meter.evals += cases.length;
    meter.cpuMs += measured.cpuMs;
    const failed = measured.cases.some((result) => result.outcome === 'infra-error');
    if (!failed || attempt >= INFRA_RETRIES) return measured.cases;
  }
}

/** How what no trial asks for is measured. */
interface Aside {
  readonly signal: AbortSignal;
  readonly again?: string;
  /** One case after another, whatever the workers: where the order in time is looked at. */
  readonly isInTurn?: boolean;
}

/**
 * A candidate that has the queue to itself: its cases dealt out to all workers in turn, so that those
 * measured next to each other in time stay next to each other in the list.
 *
 * @throws PacelineError `INFRASTRUCTURE` when the machine spoils a case three times; `again` is what to
 *   run then, `paceline resume` where it is left out.
 */
export async function measureAlone(
  queue: Queue,
  { candidate, cases }: MeasureRequest,
  { signal, again, isInTurn = false }: Aside,
): Promise<readonly CaseResult[]> {
  const hands = isInTurn ? 1 : Math.max(1, Math.min(queue.traits.workers, cases.length));
  const dealt = Array.from({ length: hands }, (_, hand) => ({
    candidate,
    cases: cases.filter((_case, i) => i % hands === hand),
  }));
  return unspoiled(async () => {
    const measured = await queue.measure(dealt, signal);
    return cases.map((_, i) => {
      const result = measured[i % hands]?.cases[Math.floor(i / hands)];
      if (result === undefined) throw new Error('the queue returned no result');
      return result;
    });
  }, again);
}

/** Asks again for what the machine spoiled, all of it. @throws as `measureAlone` does. */
export async function unspoiled(
  measure: () => Promise<readonly CaseResult[]>,
  again?: string,
): Promise<readonly CaseResult[]> {
  for (let attempt = 0; attempt <= INFRA_RETRIES; attempt++) {
    const found = await measure();
    if (found.every(({ outcome }) => outcome !== 'infra-error')) return found;
  }
  throw machineFailed(again);
}

/** `again`: how a person goes on once the machine is in order. */
export function machineFailed(again: string = RESUME): PacelineError {
  return new PacelineError(
    'INFRASTRUCTURE',
    `A candidate could not be measured after three tries because of the machine, not the candidate. Free processes or memory, then run ${again}.`,
  );
}
