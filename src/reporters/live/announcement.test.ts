import { expect, test } from 'vitest';
import type { StoredEvent } from '../../core/events.ts';
import { sampleLedger } from '../../testing/sample-ledger.ts';
import { announcement } from './announcement.ts';

const METRIC = { name: 'excess', unit: 'percent', goal: 'min' } as const;
const promoted = sampleLedger().find(
  (event): event is StoredEvent<'candidate.promoted'> => event.type === 'candidate.promoted',
) as StoredEvent<'candidate.promoted'>;

test('"better" is said only where the interval of the block says it', () => {
  const [said] = announcement(promoted, METRIC);
  expect(said).toMatch(/better by 0\.878 points/);
  const body = {
    ...promoted.body,
    gain: -0.016,
    interval: [-0.1, 0.07] as const,
    notes: ['gain not yet precise'],
  };
  const [unsure] = announcement({ ...promoted, body }, METRIC);
  expect(unsure).toMatch(/accepted, gain not yet precise: −0\.016 points \[−0\.1, 0\.07\]/);
  expect(unsure).not.toMatch(/better/);
});

test('rare large losses in the block are said where the promotion is', () => {
  const body = { ...promoted.body, notes: ['inconclusive: rare large losses'] };
  const [said] = announcement({ ...promoted, body }, METRIC);
  expect(said).toMatch(/accepted, measured as .* fresh pairs\); inconclusive: rare large losses$/);
  expect(said).not.toMatch(/better/);
});

test('a person is told what the gates did not let pass, and how to read why', () => {
  const of = (type: string, body: object): readonly string[] =>
    announcement({ ...promoted, type, trial: 3, body } as never, METRIC);
  const candidate = 'sha256:c3cbec138dd7b46f4fe4e2161eb34a67';
  expect(of('gate.judged', { verdict: 'pass', candidate })).toEqual([]);
  expect(of('gate.judged', { verdict: 'fail', candidate })).toEqual([
    'Trial 3 refused by the gates: paceline show c3cbec138dd7 --why',
  ]);
  expect(of('gate.judged', { verdict: 'deferred', candidate })[0]).toMatch(/no pass: .*--why$/);
  expect(of('audit.finished', { audit: 2, verdict: 'pass' })).toEqual([]);
  expect(of('audit.finished', { audit: 2, verdict: 'fail' })).toEqual(['Deep audit 2 failed.']);
  expect(of('incident.opened', { incident: 1, kind: 'canary touched' })[0]).toMatch(
    /^Incident 1 \(canary touched\): nothing is promoted .* paceline incidents show 1/,
  );
  expect(of('candidate.rolled-back', { to: candidate, why: 'audit 2 failed' })).toEqual([
    'Put back to candidate c3cbec138dd7: audit 2 failed.',
  ]);
});
