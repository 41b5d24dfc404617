/** Which candidate the word `incumbent` names: no command hands out what an audit took back. */
import { expect, test } from 'vitest';
import { type Hash, sha256 } from '../core/hash.ts';
import type { Ledger } from '../stores/contract.ts';
import { findCandidate } from './show-candidate.ts';

const [origin, good, bad] = ['origin', 'good', 'bad'].map((text) => sha256(text)) as [
  Hash,
  Hash,
  Hash,
];
const settled = (candidate: Hash, text: string) => ({
  type: 'trial.settled',
  body: { candidate, text },
});
const promoted = (candidate: Hash) => ({
  type: 'candidate.promoted',
  body: { arm: 'main', candidate },
});
const back = (to: Hash, arm = 'main') => ({ type: 'candidate.rolled-back', body: { arm, to } });
const OPENED = { type: 'study.opened', body: { origin, originText: 'origin' } };

const incumbentAfter = async (...events: readonly object[]): Promise<string> => {
  const all = [OPENED, settled(good, 'good'), settled(bad, 'bad'), ...events];
  const ledger = {
    async *read(_: number, { types }: { readonly types: readonly string[] }) {
      yield all.filter((event) => types.includes((event as typeof OPENED).type));
    },
  };
  return (await findCandidate(ledger as unknown as Ledger, 'study', 'incumbent')).text;
};

test('the incumbent is what was promoted last, or what a rollback went back to since', async () => {
  expect(await incumbentAfter()).toBe('origin');
  expect(await incumbentAfter(promoted(good), promoted(bad))).toBe('bad');
  expect(await incumbentAfter(promoted(good), promoted(bad), back(good))).toBe('good');
  expect(await incumbentAfter(promoted(bad), back(origin))).toBe('origin');
  expect(await incumbentAfter(promoted(bad), back(origin), promoted(good))).toBe('good');
  // A control's pointer is its own.
  expect(await incumbentAfter(promoted(bad), back(origin, 'control'))).toBe('bad');
});
