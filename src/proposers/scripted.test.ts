import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { EMPTY_PURSE } from '../core/spend.ts';
import { scriptedProposer } from './scripted.ts';

const texts = ['a', 'b', 'a'];
const { ask } = scriptedProposer({ textOf: (trial) => texts[trial] ?? '' });
const asked = (trial: number) =>
  ask(null, {
    trial,
    rng: publicRoot('scripted').stream(trial, 'ask'),
    archive: { size: 0, best: () => undefined, pick: () => undefined },
    probe: { measure: () => Promise.reject(new Error('nothing is probed')) },
    fromOrigin: false,
    seen: () => true,
    purse: EMPTY_PURSE,
    signal: new AbortController().signal,
  });

test('every trial gets its text; the same text is the same hypothesis', async () => {
  const [a, b, again] = await Promise.all([0, 1, 2].map(asked));
  expect([a?.text, b?.text, again?.text]).toEqual(texts);
  expect(again).toEqual(a);
  expect(b?.key).not.toBe(a?.key);
});
