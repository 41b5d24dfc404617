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
