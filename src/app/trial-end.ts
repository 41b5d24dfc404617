/** How a trial ended, after all that was said of it since it settled. */
import type { TrialEnd } from '../core/trial-state.ts';
import { trialRows } from '../reporters/trials/rows.ts';
import type { Ledger } from '../stores/contract.ts';

/** @returns null while it is open: it is tested, judged, or waits for a person. */
export async function trialEnd(
  ledger: Pick<Ledger, 'read'>,
  { study, trial }: { readonly study: string; readonly trial: number },
): Promise<TrialEnd | null> {
  for await (const rows of trialRows({ study, entries: () => ledger.read(0) })) {
    const found = rows.find(({ row }) => row.trial === trial);
    if (found) return found.row.end as TrialEnd | null;
  }
  return null;
}
