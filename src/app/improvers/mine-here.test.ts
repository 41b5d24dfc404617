/** What of a study programs are mined from. */
import { expect, test } from 'vitest';
import type { StoredEvent } from '../../core/events.ts';
import { textsOf } from './mine-here.ts';

const settled = (candidate: string, value: number) => ({
  type: 'trial.settled',
  body: { arm: 'main', candidate, text: `text of ${candidate}`, admitted: true, values: [value] },
});
const promoted = (candidate: string) => ({
  type: 'candidate.promoted',
  body: { arm: 'main', candidate },
});
const OPENED = { type: 'study.opened', body: { metric: { goal: 'max' } } };

async function* ledger(...events: readonly object[]) {
  yield events.map((event, seq) => ({ seq, ...event })) as unknown as readonly StoredEvent[];
}

test('planted: nothing is mined from what an audit took back, however well it scored', async () => {
  const events = [
    OPENED,
    settled('good', 1),
    settled('cheat', 9),
    promoted('good'),
    promoted('cheat'),
  ];
  const before = await textsOf(ledger(...events));
  expect(before.texts).toEqual(['text of good', 'text of cheat']);
  const back = {
    type: 'candidate.rolled-back',
    body: { arm: 'main', to: 'good', quarantined: ['cheat'] },
  };
  expect(await textsOf(ledger(...events, back))).toMatchObject({ seq: 5, texts: ['text of good'] });
});
