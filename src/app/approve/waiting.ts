/** What waits for a person, as the ledger has it. */
import { PacelineError } from '../../core/errors.ts';
import type { EventBody } from '../../core/events.ts';
import { withLedger } from '../read-ledger.ts';
import { readStatuses } from '../status.ts';
import { pickStudy } from '../study-files.ts';
import { type Requested, type Requests, requestsIn } from './requests.ts';

export function readRequests(root: string, id: string): Promise<Requests> {
  return withLedger({ root, id }, requestsIn);
}

interface Picking {
  readonly id: string | undefined;
  /** Something is decided, about what a person has seen before. */
  readonly isDeciding: boolean;
}

/**
 * The study named, or the newest in which something waits, or the newest of all.
 * @throws PacelineError `USAGE` where a decision could be about another study than the one that was looked at.
 */
export async function pickWaiting(root: string, { id, isDeciding }: Picking): Promise<string> {
  if (id !== undefined) return pickStudy(root, id);
  const all = await readStatuses(root);
  const found = all.flatMap((one) => ('waiting' in one && one.waiting ? [one.id] : []));
  if (isDeciding && found.length > 1) {
    const message = `Something waits in ${found.length} studies here (${found.join(', ')}), and a decision counts for what you have seen in one of them. Name it: paceline approve STUDY REQUEST.`;
    throw new PacelineError('USAGE', message, { studies: found });
  }
  return pickStudy(root, found.at(-1));
}

/** @throws PacelineError `USAGE` for a number that was never asked, or that is decided. */
export function requestNamed(
  { waiting, decided }: Requests,
  { id, approval }: { readonly id: string; readonly approval: number },
): Requested {
  const found = waiting.find(({ body }) => body.approval === approval);
  if (found) return found;
  const before = decided.get(approval);
  const numbers = waiting.map(({ body }) => body.approval).join(', ');
  const others = numbers === '' ? 'Nothing waits there.' : `What waits: ${numbers}.`;
  const message = before
    ? `Request ${approval} of ${id} is decided: ${decidedWords(before)}. ${others}`
    : `${id} never asked anything as request ${approval}. ${others}`;
  throw new PacelineError('USAGE', message, { id, approval });
}

export function decidedWords({ decision, by, reason }: EventBody['approval.decided']): string {
  switch (decision) {
    case 'approve':
      return `approved by ${by} (${reason})`;
    case 'reject':
      return `rejected by ${by} (${reason})`;
    case 'expired':
      return 'it expired, and a time-out never approves';
    case 'superseded':
      return `overtaken (${reason})`;
  }
}
