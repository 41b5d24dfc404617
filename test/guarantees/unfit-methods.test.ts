/** A rule whose method does not fit the metric is refused or named, never silently spent. */
import { expect, test } from 'vitest';
import { decodeRow, type EventRow } from '../../src/core/events.ts';
import type { CaseResult } from '../../src/evaluators/contract.ts';
import { announcement } from '../../src/reporters/live/announcement.ts';
import { markdownReport } from '../../src/reporters/markdown.ts';
import { verdictLines } from '../../src/reporters/verdict.ts';
import { factsFrom } from '../../src/testing/sample-report.ts';
import {
  bodyOf,
  edited,
  repeatableEvaluator,
  rowsOf,
  verifyRows,
} from './fixtures/verified-study.ts';

/** Differences of the study's candidates are of the order of 1. */
const NARROW = await rowsOf({ rule: { method: 'bounded', bound: 0.01 } });

const isVerdict = ({ type }: EventRow): boolean => type === 'trial.confirmed';
const verdicts = NARROW.filter(isVerdict).map((row) => bodyOf('trial.confirmed', row));

test('beyond its bound an attempt ends at that pair, with the reason in the ledger, and verify agrees', async () => {
  expect(verdicts.length).toBeGreaterThan(2);
  for (const { verdict, n, why } of verdicts) {
    expect(verdict).toBe('unconfirmed');
    expect(why).toMatch(
      new RegExp(`^pair ${n} differs by [\\d.]+, more than the bound of 0\\.01$`),
    );
  }
  expect((await verifyRows(NARROW)).findings).toEqual([]);
});

test('another reason than the one that follows is found; none at all is that of an older ledger', async () => {
  const row = NARROW.find(isVerdict) as EventRow;
  const lied = edited(NARROW, row, (body: { why?: string }) => {
    body.why = 'pair 1 was fine';
  });
  const found = (await verifyRows(lied)).findings.map(({ detail }) => detail);
  expect(found.join()).toMatch(/reason beside the verdict should be: pair 1 differs by/);
  const older = edited(NARROW, row, (body: { why?: string }) => {
    delete body.why;
  });
  expect((await verifyRows(older)).findings).toEqual([]);
});

test('people are told at once, in the verdict and in the report', async () => {
  const events = NARROW.map(decodeRow);
  const metric = { name: 'excess', goal: 'min', unit: 'points' } as const;
  const lines = events.flatMap((event) => announcement(event, metric));
  const line = expect.stringMatching(/^Trial \d+ not accepted: pair 1 differs by/);
  expect(lines).toContainEqual(line);
  const facts = await factsFrom(events);
  const said =
    /method does not fit the metric: (\d+) of \1 attempts ended .* because pair 1 differs by .*more than the bound of 0\.01\. Choose another rule\.method/;
  expect(verdictLines(facts).join('\n')).toMatch(said);
  expect(markdownReport(facts)).toContain('ended by the method');
});

test('a study whose method fits says nothing of the kind', async () => {
  const facts = await factsFrom((await rowsOf()).map(decodeRow));
  expect(verdictLines(facts).join('\n')).not.toContain('does not fit');
});

test('passfail on values that are neither is refused before anything is spent', async () => {
  await expect(rowsOf({ rule: { method: 'passfail' } })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(/origin scored \d+\.\d+, which is neither 0 nor 1/),
  });
});

test('passfail on passes and failures is decided as ever', async () => {
  const rows = await rowsOf({ rule: { method: 'passfail' }, evaluator: passing() });
  const found = rows.filter(isVerdict).map((row) => bodyOf('trial.confirmed', row));
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter(({ why }) => why !== undefined)).toEqual([]);
  expect((await verifyRows(rows)).findings).toEqual([]);
});

/** A pass where the value would have been above that of the average origin. */
function passing() {
  const scalar = repeatableEvaluator();
  const passOf = (one: CaseResult): CaseResult =>
    one.outcome === 'scored' ? { ...one, value: one.value < 100 ? 1 : 0 } : one;
  return {
    ...scalar,
    measure: (...asked: Parameters<typeof scalar.measure>) =>
      (scalar.measure(...asked) as { cases: readonly CaseResult[]; cpuMs: number }[]).map(
        (measured) => ({ ...measured, cases: measured.cases.map(passOf) }),
      ),
  };
}
