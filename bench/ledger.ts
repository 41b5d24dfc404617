/** 10,000 single changes of a ledger and every forgery, against what was noted elsewhere: `npm run fuzz`. */
import { fuzzLedger } from '../test/guarantees/fixtures/ledger-fuzz.ts';
import type { Bench, Figure } from './figure.ts';
import { median } from './figure.ts';

const RUNS = 10_000;
const SEED = '20261128';
/** Roots say more than a head about the same changes: a quarter of them is enough to see it. */
const ROOTS_EVERY = 4;
/** Faults of a kind shown one by one; their number is a figure. */
const SHOWN = 10;

export const ledger: Bench = {
  name: 'ledger',
  what: `${RUNS} single changes of a ledger and structured forgeries`,
  seconds: 500,
  async run(say): Promise<readonly Figure[]> {
    const found = await fuzzLedger({ runs: RUNS, seed: SEED, rootsEvery: ROOTS_EVERY, say });
    const { kinds, missed, misplaced, forgeries, seenUnanchored, headSpans } = found;
    for (const faults of [missed, misplaced]) for (const one of faults.slice(0, SHOWN)) say(one);
    const total = [...kinds.values()].reduce((sum, times) => sum + times, 0);
    const shown = [...kinds].map(([kind, times]) => `${kind} ${times}`).sort();
    const none = { most: 0 };
    return [
      {
        name: 'mutations against a head',
        value: total,
        unit: '',
        target: { least: RUNS },
        note: shown.join('; '),
      },
      { name: 'of these, against published roots too', value: found.withRoots, unit: '' },
      { name: 'forgeries', value: forgeries.length, unit: '', note: forgeries.join('; ') },
      { name: 'missed', value: missed.length, unit: '', target: none },
      {
        name: 'put in the wrong place',
        value: misplaced.length,
        unit: '',
        target: none,
        note: 'published roots: the very entry, or the generation where the published piece of its hash is the same; a head alone: the very entry where the chain breaks, else a range that holds it',
      },
      {
        name: 'entries in that range, median',
        value: median(headSpans),
        unit: '',
        note: `one head, at the end; of ${headSpans.length} changes whose hashes all fit`,
      },
      {
        name: 'forgeries seen by the records of the keys alone',
        value: seenUnanchored.length,
        unit: '',
        note: `not seen: ${forgeries.filter((one) => !seenUnanchored.includes(one)).join('; ')}`,
      },
    ];
  },
};
