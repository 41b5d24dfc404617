/** The model check: random legal sequences of entries through a study that obeys, judged by another opinion. */
import { describe, expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { drivePace, GOVERNOR, type Governor } from '../testing/pace-driver.ts';
import type { Pace } from './governor.ts';

const STEPS = 40;
const SEQUENCES = process.env['PACE_N'] ? Number(process.env['PACE_N']) : 2000;

/** What was wrong, and in how many of the sequences. */
function broken(governor: Governor, sequences = 500): Readonly<Record<string, number>> {
  const root = publicRoot('pace');
  const found: Record<string, number> = {};
  for (let i = 0; i < sequences; i++) {
    const rng = root.stream(i, 'model check');
    for (const one of new Set(drivePace({ governor, rng, steps: STEPS }))) {
      found[one] = (found[one] ?? 0) + 1;
    }
  }
  return found;
}

test('2,000 random sequences: never over the bound, never while stopped, always a way on', () => {
  expect(broken(GOVERNOR, SEQUENCES)).toEqual({});
});

/** A governor that goes on where ours says what `is` names. */
const deafTo = (is: (pace: Pace) => boolean): Governor => ({
  ...GOVERNOR,
  pace: (state, next) => {
    const pace = GOVERNOR.pace(state, next);
    return is(pace) ? { verdict: 'go' } : pace;
  },
});
const says = (part: string) => (pace: Pace) =>
  pace.verdict === 'stop' && pace.reason.includes(part);

describe('planted faults', () => {
  const FAULTS: Record<string, readonly [Governor, string]> = {
    'ignores the bound': [
      deafTo((pace) => says('Audit debt')(pace) || says('waits for its verdict')(pace)),
      'promoted with debt over the bound',
    ],
    'promotes beside an open audit': [
      deafTo(says('under way')),
      'promoted while an audit was open',
    ],
    'never asks for an audit': [{ ...GOVERNOR, due: () => undefined }, 'no way on'],
  };
  test.each(Object.entries(FAULTS))('a governor that %s is caught', (_name, [governor, what]) => {
    const found = broken(governor);
    expect(found[what]).toBeGreaterThan(0);
  });
});
