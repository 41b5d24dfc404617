/** What a taste may learn from, read off entries. */
import { expect, test } from 'vitest';
import type { EventBody, StoredEvent } from '../../core/events.ts';
import { PRIOR } from '../../tastes/surrogate/prior.ts';
import { surrogateTaste } from '../../tastes/surrogate.ts';
import { replayed } from './taste-samples.ts';

const phenotypeOf = (text: string): Float32Array => Float32Array.of(text.length);
const origin = { id: 'origin', text: 'origin', size: 1 };
const looking = { taste: surrogateTaste({ phenotypeOf, origin, net: PRIOR }), phenotypeOf };
const opened = {
  metric: { name: 'score', goal: 'max', unit: 'points' },
  lookahead: 0,
} as unknown as EventBody['study.opened'];

const settled = (trial: number, candidate: string, parent: string, value: number) => ({
  type: 'trial.settled',
  trial,
  body: {
    arm: 'main',
    candidate,
    text: candidate,
    key: candidate,
    operator: 'change',
    proposer: 'genetic',
    parents: [parent],
    size: 1,
    values: [value],
    outcome: 'scored',
    end: 'discarded',
    forecast: { over: 0, chance: 0.5, atRandom: true },
  },
});
const TRIALS = [
  settled(0, 'a', 'origin', -1),
  settled(1, 'cheat', 'origin', 99),
  settled(2, 'of the cheat', 'cheat', 98),
  settled(3, 'b', 'origin', 1),
];

const learnt = async (...more: readonly object[]): Promise<readonly boolean[]> => {
  async function* pages() {
    yield [...TRIALS, ...more] as unknown as readonly StoredEvent[];
  }
  return (await replayed(pages(), opened, looking)).map(({ better }) => better);
};

test('planted: a taste learns neither from what an audit took back nor from what was made of it', async () => {
  // Before the first there is nothing to compare with.
  expect(await learnt()).toEqual([true, true, true]);
  const back = {
    type: 'candidate.rolled-back',
    body: { arm: 'main', to: 'origin', quarantined: ['cheat'] },
  };
  expect(await learnt(back)).toEqual([true]);
});
