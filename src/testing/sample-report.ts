import type { StoredEvent } from '../core/events.ts';
import { collectFacts, type ReportFacts } from '../reporters/facts.ts';
import { type SampleOptions, sampleLedger } from './sample-ledger.ts';

/** Entries as a store hands them out. */
export async function* pagesOf(
  events: readonly StoredEvent[],
  pageSize = 100,
): AsyncGenerator<readonly StoredEvent[]> {
  for (let at = 0; at < events.length; at += pageSize) yield events.slice(at, at + pageSize);
}

/** The facts of some entries, of a study whose candidates are their own source. */
export function factsFrom(
  events: readonly StoredEvent[],
  id = 'bin-packing-7f3a',
): Promise<ReportFacts> {
  return collectFacts(pagesOf(events), { id, toSource: (text) => text });
}

export function sampleFacts(options: SampleOptions = {}): Promise<ReportFacts> {
  return factsFrom(sampleLedger(options));
}

/** Studies a report must cope with, by name. */
export const SAMPLES: Readonly<Record<string, SampleOptions>> = {
  finished: {},
  'nothing promoted': { hasGains: false },
  unfinished: { isClosed: false, trials: 150 },
  'one trial': { isClosed: false, trials: 1 },
  'no trial': { isClosed: false, trials: 0 },
  hostile: {
    foreign:
      ' 7 </pre><script>alert(1)</script> `x` ``` | *b* _i_ [l](http://e) @me \u001b[31m\u202e\u009b2J "\'',
  },
};
