/** Twelve seeds: an improver against itself has no evidence, a harmed one is shown to be worse. */
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../../test/cli/fixtures/cli.ts';
import { bareImprover, type Improver } from '../../../improver/artifact.ts';
import { partsOf } from '../../../improver/solver.ts';
import { expertSolver } from '../../recursion/lines.ts';
import { systemClock } from '../../system-clock.ts';
import { kept } from '../store.ts';
import { compareImprovers } from './compare.ts';
import { earlierJournals } from './journal.ts';
import { recordedTasks } from './recorded-tasks.ts';
import { verifyJournal } from './verify-journal.ts';

const expert: Improver = { ...bareImprover('numbers'), ...partsOf(expertSolver()) };
/** What is most wanted made dearest. */
const harmed: Improver = {
  ...expert,
  costs: Object.fromEntries(
    Object.entries(expert.costs ?? {}).map(([parent, rows]) => [
      parent,
      rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([child, cost]) => [child, 61 - cost])),
      ),
    ]),
  ),
};

type Recorded = Partial<Pick<Parameters<typeof compareImprovers>[0], 'root' | 'journal'>>;

const compared = (first: Improver, second: Improver, recorded: Recorded = {}) =>
  compareImprovers({
    root: emptyFolder(),
    ...recorded,
    first: kept(first),
    second: kept(second),
    tasks: 'generated',
    seeds: Array.from({ length: 12 }, (_, at) => 500 + at),
    budget: { unit: 'candidates', amount: 60_000 },
    cpuMs: systemClock.cpuMs,
    signal: new AbortController().signal,
  });

test('against itself: no evidence, and its ledger says the same again', async () => {
  const root = emptyFolder();
  const { journal, ledger, named } = recordedTasks(root, { tasks: 'generated', seeds: [] });
  const { claims, lines } = await compared(expert, expert, { root, journal });
  expect(named).toMatch(/^compare-[0-9a-f]{6}$/);
  expect(verifyJournal(root, ledger)).toMatchObject({
    ok: true,
    isOurs: true,
    words: claims[0]?.words,
  });
  expect(earlierJournals(root, [kept(expert).id, kept(expert).id])).toBe(1);
  expect(claims[0]?.finding?.verdict).toBe('no-evidence');
  expect(claims[0]?.difference).toBe(0);
  expect(lines.map(({ line }) => line)).toContain('oracle');
}, 300_000);

test('a harmed improver is worse, and says so', async () => {
  const { claims } = await compared(expert, harmed);
  expect(claims[0]?.finding?.verdict).toBe('hurt');
  expect(claims[0]?.words).toContain('is worse than');
}, 300_000);
