/** One trial, settled or under way, and what its proposer did on the way to it. */
import { PacelineError } from '../core/errors.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import type { FollowOn } from '../core/follow-ons.ts';
import type { TrialEnd } from '../core/trial-state.ts';
import type { Ledger } from '../stores/contract.ts';
import { withSoundLedger } from './read-ledger.ts';
import { trialEnd } from './trial-end.ts';

export interface TrialRecord {
  readonly trial: number;
  /** Absent while it is under way. */
  readonly settled?: StoredEvent<'trial.settled'>;
  /** How it ended; null while it is open. */
  readonly end?: TrialEnd | null;
  /** Of one that the engine proposed: what it said of it. */
  readonly followOn?: FollowOn;
  readonly steps: readonly EventBody['proposal.step'][];
  readonly metric: StoredEvent<'study.opened'>['body']['metric'];
}

/** @throws PacelineError USAGE for a trial that the study has not begun. */
export function showTrial(root: string, id: string, trial: number): Promise<TrialRecord> {
  return withSoundLedger({ root, id }, (ledger) => readTrial(ledger, { id, trial }));
}

async function readTrial(
  ledger: Ledger,
  { id, trial }: { readonly id: string; readonly trial: number },
): Promise<TrialRecord> {
  let settled: StoredEvent<'trial.settled'> | undefined;
  let metric: TrialRecord['metric'] = { name: '', goal: 'min', unit: '' };
  const steps: EventBody['proposal.step'][] = [];
  let followOn: FollowOn | undefined;
  const types = ['study.opened', 'trial.settled', 'proposal.step', 'follow-ons.proposed'] as const;
  for await (const page of ledger.read(0, { types })) {
    for (const event of page) {
      if (event.type === 'study.opened') metric = event.body.metric;
      if (event.type === 'follow-ons.proposed') {
        followOn = event.body.next.find((one) => one.trial === trial) ?? followOn;
      }
      if (event.trial !== trial) continue;
      if (event.type === 'trial.settled') settled = event;
      if (event.type === 'proposal.step') steps.push(event.body);
    }
  }
  const proposed = followOn ? { followOn } : {};
  if (settled) {
    const end = await trialEnd(ledger, { study: id, trial });
    return { trial, steps, metric, ...proposed, settled, end };
  }
  if (steps.length > 0 || followOn) return { trial, steps, metric, ...proposed };
  throw new PacelineError(
    'USAGE',
    `${id} has no trial ${trial}. paceline status says how many it has.`,
    { id, trial },
  );
}
