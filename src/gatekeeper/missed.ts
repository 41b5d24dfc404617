/** How much of what passed the floor a deep audit refuses: from those alone that chance chose (C17). For people. */

import { counted } from '../gates/sentence.ts';
import { type MissRate, missRate } from '../pace/suspicion.ts';
import type { Bench } from './bench.ts';

/** Of promotions that were chosen, each by the first audit of it; what was never promoted has none. */
export function missesOf({ of }: Pick<Bench['kept'], 'of'>): MissRate {
  const audits = of('audit');
  return missRate(
    of('verdict').flatMap(({ entry: judgedAt, body: { candidate, sampled } }) => {
      const found = audits.find(({ entry, body }) => entry > judgedAt && body.to === candidate);
      return found ? [{ sampled, verdict: found.body.verdict }] : [];
    }),
  );
}

/** In one sentence. */
export function missWords({ n, missed, lower, upper }: MissRate): string {
  if (n === 0) return 'None of the promotions that chance chooses (1 in 100) was audited yet.';
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return `Of ${counted(n, 'promotion')} that chance chose and an audit decided, ${missed} should not have passed: ${percent(lower)} to ${percent(upper)} (95 %).`;
}
