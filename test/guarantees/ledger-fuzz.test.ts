import { expect, test } from 'vitest';
import { isThorough } from '../thorough.ts';
import { fuzzLedger } from './fixtures/ledger-fuzz.ts';

/** `npm run bench -- ledger` does ten thousand. */
const RUNS = isThorough ? 24 : 12;

test(`${RUNS} single changes and every forgery are noticed, and put where they are`, async () => {
  const { kinds, missed, misplaced, forgeries } = await fuzzLedger({ runs: RUNS, seed: 'small' });
  expect({ missed, misplaced }).toEqual({ missed: [], misplaced: [] });
  expect(kinds.size).toBeGreaterThan(RUNS / 2 - 2);
  expect(forgeries.length).toBeGreaterThan(20);
}, 60_000);
