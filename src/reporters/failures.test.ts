/** What kept trials from a score is said where people look: counted, bounded and harmless. */
import { expect, test } from 'vitest';
import type { StoredEvent } from '../core/events.ts';
import { sampleLedger } from '../testing/sample-ledger.ts';
import { factsFrom } from '../testing/sample-report.ts';
import { markdownReport } from './markdown.ts';
import { verdictLines } from './verdict.ts';

/** Every trial that was only measured and discarded crashes with the message of its number. */
function crashing(messageOf: (trial: number) => string): readonly StoredEvent[] {
  return sampleLedger().map((event) => {
    if (event.type !== 'trial.settled' || event.body.end !== 'discarded') return event;
    const { values: _, ...rest } = event.body;
    const body = {
      ...rest,
      values: [],
      outcome: 'crashed' as const,
      end: 'crashed' as const,
      admitted: false,
      message: messageOf(event.trial ?? 0),
    };
    return { ...event, body };
  });
}

test('the most frequent reason stands in the verdict and in the report', async () => {
  const facts = await factsFrom(crashing((n) => (n % 10 === 0 ? 'no memory' : 'wrong\nparse')));
  const said = verdictLines(facts).find((line) => line.startsWith('Most trials had no score'));
  expect(said).toMatch(/: 370 of 400, \d+ of them crashed: wrong parse\.$/);
  const report = markdownReport(facts);
  expect(report).toMatch(/without a score: 370 trials: \d+ × crashed: wrong parse · \d+ × /);
  expect(report).toContain('crashed: no memory');
});

test('where not one of a few trials had a score, that is the verdict, and why', async () => {
  const few = crashing(() => 'no object').filter(({ type, trial, body }) =>
    type !== 'trial.settled'
      ? trial === undefined
      : 'end' in body && body.end === 'crashed' && (trial ?? 0) < 8,
  );
  const lines = verdictLines(await factsFrom(few));
  expect(lines[0]).toMatch(/^Nothing was promoted\. Not one candidate had a score/);
  expect(lines.join('\n')).toMatch(
    /Most trials had no score: (\d) of \1, \d of them crashed: no object\./,
  );
});

test('messages that are new every time fill neither memory nor page', async () => {
  const letters = (n: number): string => n.toString(36).replace(/\d/g, 'z');
  const facts = await factsFrom(crashing((n) => `by ${letters(n)} ${'x'.repeat(500)}`));
  expect(facts.tally.failures.size).toBeLessThanOrEqual(21);
  const reasons = [...facts.book.values()].filter(({ id }) => /^failures\.\d\.reason/.test(id));
  expect(reasons.length).toBeLessThanOrEqual(5);
  expect(reasons.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^crashed: by /));
  expect(reasons[0]?.text).not.toBe('other reasons');
  for (const { text } of reasons) expect(text.length).toBeLessThan(140);
  expect(reasons.map(({ text }) => text)).toContainEqual(expect.stringMatching(/x…$/));
});

test('messages that differ in numbers are one reason', async () => {
  const facts = await factsFrom(crashing((n) => `place ${n} holds ${n % 2 ? -1.5e-7 * n : NaN}`));
  expect(facts.tally.failures.size).toBe(2);
  expect(verdictLines(facts).join()).toContain('crashed: place … holds ….');
});

test('what drives a terminal is gone, and few failures are not proclaimed', async () => {
  const facts = await factsFrom(crashing(() => '\u001b[31mred\u202e'));
  expect(verdictLines(facts).join()).toContain('crashed: red.');
  expect(verdictLines(await factsFrom(sampleLedger())).join()).not.toContain('Most trials');
});
