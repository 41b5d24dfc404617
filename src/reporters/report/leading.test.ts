/** Planted: what an audit took back is the incumbent of no report. */
import { expect, test } from 'vitest';
import type { StoredEvent } from '../../core/events.ts';
import { sampleLedger } from '../../testing/sample-ledger.ts';
import { factsFrom } from '../../testing/sample-report.ts';
import { htmlReport } from '../html.ts';
import { runResult } from '../json.ts';
import { changeAnswer } from './answers-conduct.ts';
import { freshDataAnswer } from './answers-evidence.ts';
import { phraseText } from './phrase.ts';

const events = sampleLedger();
const promoted = events.flatMap((event) =>
  event.type === 'candidate.promoted' && event.body.arm === 'main' ? [event.body.candidate] : [],
);
const origin = events.flatMap((event) =>
  event.type === 'study.opened' ? [event.body.origin] : [],
);

async function factsAfter(to?: string, isCompared = true) {
  const [last] = events.slice(-1) as [StoredEvent];
  const body = { arm: 'main', from: promoted.at(-1), to, why: 'a drill', quarantined: promoted };
  const back = { ...last, type: 'candidate.rolled-back', body } as unknown as StoredEvent;
  const told =
    to === undefined ? events : [...events.slice(0, -1), back, { ...last, seq: last.seq + 1 }];
  return factsFrom(told.filter(({ type }) => isCompared || type !== 'arm.compared'));
}

async function told(to?: string) {
  const facts = await factsAfter(to);
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

/** Trial of the promotion whose gain stands in the lead, and whether the table has all of them. */
async function held(to?: string) {
  const facts = await factsAfter(to);
  const { lead, more } = freshDataAnswer(facts);
  const gain = lead.flatMap((part) => (typeof part === 'string' ? [] : [part.id]))[0];
  const [table] = more?.details ?? [];
  return { gain, words: phraseText(lead), rows: table?.kind === 'table' ? table.rows.length : 0 };
}

test('planted: the gain that holds on fresh data is of a promotion that stands, or of none', async () => {
  const trials = events.flatMap((one) =>
    one.type === 'candidate.promoted' && one.body.arm === 'main' ? [one.trial] : [],
  );
  const rows = promoted.length;
  const [last, first, none] = [await held(), await held(promoted[0]), await held(origin[0])];
  expect(last).toMatchObject({ gain: `promotion.${trials.at(-1)}.gain`, rows });
  expect(last.words).toContain(' The last: ');
  expect(first).toMatchObject({ gain: `promotion.${trials[0]}.gain`, rows });
  expect(first.words).toContain(' The last that stands: ');
  expect(none).toEqual({
    gain: undefined,
    words: 'Every promotion was taken back, so there is no gain to hold.',
    rows,
  });
});

test('planted: the page takes its level from a promotion that stands', async () => {
  const levelAfter = async (to?: string) => {
    const page = htmlReport(await factsAfter(to, false));
    return /own mean on fresh instances, with its (.*?) interval\./.exec(page)?.[1];
  };
  const ids = events.flatMap((one) =>
    one.type === 'candidate.promoted' && one.body.arm === 'main'
      ? [`promotion.${one.trial}.level`]
      : [],
  );
  expect(await levelAfter()).toContain(ids.at(-1));
  expect(await levelAfter(promoted[0])).toContain(ids[0]);
  expect(await levelAfter(origin[0])).toBe('confidence');
});
