/** What people said that still matters, and what became of it: for `status`. */
import { sha256 } from '../core/hash.ts';
import { type Fates, followFate } from '../reporters/report/fates.ts';
import type { Ledger } from '../stores/contract.ts';

/** A candidate that a person wrote. */
export interface WrittenStatus {
  readonly candidate: string;
  readonly by: string;
  readonly trial: number;
  readonly fate: string;
}

const ABOUT = [
  'study.steered',
  'trial.settled',
  'trial.confirmed',
  'candidate.promoted',
  'study.closed',
] as const;

/** Reads every trial: asked for only where somebody handed in a candidate. */
export async function readWritten(ledger: Pick<Ledger, 'read'>): Promise<readonly WrittenStatus[]> {
  const fates: Fates = new Map();
  const written: Omit<WrittenStatus, 'fate'>[] = [];
  for await (const page of ledger.read(0, { types: ABOUT })) {
    for (const event of page) {
      followFate(fates, event);
      if (event.type !== 'study.steered' || event.body.said.kind !== 'candidate') continue;
      const { by, said, takes } = event.body;
      if (takes === undefined) continue;
      written.push({ candidate: sha256(said.value.text), by, trial: takes.trial });
    }
  }
  return written.map((one) => ({ ...one, fate: fates.get(one.trial)?.words ?? 'unknown' }));
}
