/** 10,000 random evaluators and candidates, mostly broken: `npm run fuzz`. */
import { fuzz as runFuzz } from '../test/guarantees/fixtures/fuzz.ts';
import type { Bench, Figure } from './figure.ts';

const RUNS = 10_000;
const SEED = 20_261_125;
/** Faults shown one by one; their number is a figure. */
const SHOWN = 10;

export const fuzz: Bench = {
  name: 'fuzz',
  what: `${RUNS} randomly broken evaluators and candidates`,
  seconds: 400,
  async run(say): Promise<readonly Figure[]> {
    const count = await runFuzz({ runs: RUNS, seed: SEED, say });
    for (const fault of [...count.crashes, ...count.falseNumbers].slice(0, SHOWN)) say(fault);
    const outcomes = [...count.outcomes].map(([outcome, times]) => `${outcome} ${times}`);
    const total = [...count.outcomes.values()].reduce((sum, times) => sum + times, 0);
    const none = { most: 0 };
    return [
      {
        name: 'rollouts with a typed end',
        value: total,
        unit: '',
        target: { least: RUNS },
        note: outcomes.sort().join(', '),
      },
      { name: 'engine crashes', value: count.crashes.length, unit: '', target: none },
      {
        name: 'numbers without one honest answer and a `scored` outcome',
        value: count.falseNumbers.length,
        unit: '',
        target: none,
      },
      { name: 'orphan processes', value: count.orphans, unit: '', target: none },
    ];
  },
};
