/** Planted: what an audit took back is the incumbent of no report. */
import { expect, test } from 'vitest';
import type { StoredEvent } from '../../core/events.ts';
import { sampleLedger } from '../../testing/sample-ledger.ts';
import { factsFrom } from '../../testing/sample-report.ts';
import { runResult } from '../json.ts';
import { changeAnswer } from './answers-conduct.ts';
import { phraseText } from './phrase.ts';

const events = sampleLedger();
const promoted = events.flatMap((event) =>
  event.type === 'candidate.promoted' && event.body.arm === 'main' ? [event.body.candidate] : [],
);
const origin = events.flatMap((event) =>
  event.type === 'study.opened' ? [event.body.origin] : [],
);

async function told(to?: string) {
  const [last] = events.slice(-1) as [StoredEvent];
  const body = { arm: 'main', from: promoted.at(-1), to, why: 'a drill', quarantined: promoted };
  const back = { ...last, type: 'candidate.rolled-back', body } as unknown as StoredEvent;
  const facts = await factsFrom(
    to === undefined ? events : [...events.slice(0, -1), back, { ...last, seq: last.seq + 1 }],
  );
  const { incumbent } = runResult(facts, { exitCode: 0 }) as { incumbent: { candidate: string } };
  const row = changeAnswer(facts).rows.find(({ label }) => label === 'incumbent');
  const source = facts.book.get('source.after')?.value;
  return { incumbent: incumbent.candidate, row: row && phraseText(row.phrase), source };
}

test('the incumbent of a report is the last promotion, what a rollback went back to, or the origin', async () => {
  expect(promoted.length).toBeGreaterThan(1);
  const texts = new Map(
    events.flatMap((one) =>
      one.type === 'trial.settled' ? [[one.body.candidate, one.body.text] as const] : [],
    ),
  );
  for (const [to, leads] of [
    [undefined, promoted.at(-1)],
    [promoted[0], promoted[0]],
  ] as const) {
    const { incumbent, row, source } = await told(to);
    expect(incumbent).toBe(leads);
    expect(leads).toContain(row);
    expect(source).toBe(texts.get(leads ?? ''));
  }
  expect(await told(origin[0])).toEqual({
    incumbent: origin[0],
    row: undefined,
    source: undefined,
  });
});
