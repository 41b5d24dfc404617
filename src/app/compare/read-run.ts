/** One study of a comparison of configurations, as its ledger has it. */
import { PacelineError } from '../../core/errors.ts';
import type { StoredEvent } from '../../core/events.ts';
import { ORIGIN_COMPARISON } from '../../loop/decide.ts';
import { withLedger } from '../read-ledger.ts';
import { listStudies } from '../study-files.ts';

export interface FinishedRun {
  readonly state: 'finished';
  readonly evals: number;
  /** Its proposers had no more to ask: with any more budget its final would be the same. */
  readonly isExhausted: boolean;
  /** The incumbent as it was when so much was spent. */
  readonly finalAt: (evals: number) => string;
  readonly head: string;
}

export type Run = FinishedRun | { readonly state: 'planned' | 'begun' };

/** @throws PacelineError `WORKSPACE` for a study that is no replicate: stopped by hand, or another one. */
export async function readRun(root: string, study: string, seed: string): Promise<Run> {
  if (!listStudies(root).includes(study)) return { state: 'planned' };
  return withLedger({ root, id: study }, async (ledger) => {
    let opened: StoredEvent<'study.opened'> | undefined;
    let closed: StoredEvent<'study.closed'> | undefined;
    let evals: number | undefined;
    const promotions: StoredEvent<'candidate.promoted'>[] = [];
    const types = ['study.opened', 'candidate.promoted', 'arm.compared', 'study.closed'] as const;
    for await (const page of ledger.read(0, { types })) {
      for (const event of page) {
        if (event.type === 'study.opened') opened = event;
        if (event.type === 'study.closed') closed = event;
        if (event.type === 'candidate.promoted') promotions.push(event);
        if (event.type === 'arm.compared' && event.body.arm === ORIGIN_COMPARISON)
          evals = event.body.atEvals;
      }
    }
    if (opened !== undefined && opened.body.seed !== seed) throw useless(study);
    if (opened === undefined || closed === undefined) return { state: 'begun' };
    const isExhausted = closed.body.reason === 'exhausted';
    // Stopped by hand it has had another budget; without a trial it has searched nothing.
    const isWhole = isExhausted || closed.body.reason === 'budget';
    if (!isWhole || evals === undefined) throw useless(study);
    const { origin } = opened.body;
    const finalAt = (spent: number): string =>
      promotions.findLast(({ body }) => body.atEvals <= spent)?.body.candidate ?? origin;
    const { seq, hash } = ledger.durable;
    return { state: 'finished', evals, isExhausted, finalAt, head: `${seq}:${hash}` };
  });
}

/** Where both are cut: at the smaller spend, of those who could have spent more. */
export function cutOf(runs: readonly Pick<FinishedRun, 'evals' | 'isExhausted'>[]): number {
  const open = runs.filter(({ isExhausted }) => !isExhausted).map(({ evals }) => evals);
  return open.length > 0 ? Math.min(...open) : Math.max(...runs.map(({ evals }) => evals));
}

function useless(study: string): PacelineError {
  return new PacelineError(
    'WORKSPACE',
    `${study} was stopped before its budget was used, or is another study than was planned, so it is no replicate. Compare the configs anew.`,
    { study },
  );
}
