/** What a portfolio reads of a study in its ledger is what the study's own fold says of it. */
import { describe, expect, test } from 'vitest';
import { islandArms } from '../../src/app/islands-design.ts';
import { readOn, UNREAD } from '../../src/app/portfolio/reading.ts';
import { GENESIS } from '../../src/core/chain.ts';
import type { StoredEvent } from '../../src/core/events.ts';
import { measuredEvals } from '../../src/loop/decide.ts';
import type { Plan } from '../../src/loop/plan.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { smallPlan, withPool } from '../../src/testing/small-study.ts';
import {
  FITTED,
  fittedEvaluator,
  planted,
  sealedCases,
  sealedPlan,
} from './fixtures/sealed-study.ts';
import { runSmall } from './fixtures/small-run.ts';

const small = (more: Partial<Parameters<typeof smallPlan>[0]> = {}): Plan =>
  smallPlan({ clock: manualClock(), ...more });

const PLANS: Readonly<Record<string, () => Plan>> = {
  ordinary: () => small(),
  'with paired screens': () => small({ screen: 'paired', budget: { trials: 30 } }),
  'with a pool that tells a bit': () => {
    const proposers = [planted({}, 3), planted({}, 3)];
    return withPool(small({ proposers, budget: { trials: 60 } }), {
      cases: 320,
      use: 'bit',
      asked: 120,
    });
  },
  'with a sealed hold-out': () =>
    sealedPlan({
      proposers: [planted({ 4: FITTED + 1, 12: 3 }), planted({ 4: FITTED + 1, 12: 3 })],
      judge: fittedEvaluator(sealedCases(1), (value) => ({ outcome: 'scored', value })),
      queries: 3,
    }),
  'of islands': () =>
    small({ islands: islandArms({ islands: 6, blocks: 2 }), budget: { trials: 100 } }),
};

const ledgerOf = (events: readonly StoredEvent[]) => ({
  durable: { ...GENESIS, seq: events.length },
  async *read(after: number) {
    yield events.slice(after);
  },
});

describe.each(Object.entries(PLANS))('%s', (_, planOf) => {
  test('spend, trials, promotions and end, at once and in pieces', async () => {
    const { events, study } = await runSmall(planOf());
    const { state } = study;
    const ledger = ledgerOf(events);
    const whole = await readOn(ledger, UNREAD);
    expect(whole).toMatchObject({
      seq: events.length,
      head: events.at(-1)?.hash,
      evals: measuredEvals(state),
      trials: state.committed,
      promotions: state.promotions,
      activeMs: state.activeMs,
      isClosed: true,
    });
    let pieces = UNREAD;
    for (let upTo = 1; upTo <= events.length; upTo += 7)
      pieces = (await readOn(ledger, pieces, upTo)) ?? UNREAD;
    expect(await readOn(ledger, pieces)).toEqual(whole);
  });
});

test('gain is the lower end of each interval in the noise of one evaluation, and nothing before', async () => {
  const { events, study } = await runSmall(small());
  const reading = await readOn(ledgerOf(events), UNREAD);
  const scale = study.state.floor?.scale ?? Number.NaN;
  expect(reading?.yardstick).toEqual({ is: 'noise', size: scale });
  const shown = events.flatMap((event) =>
    event.type === 'candidate.promoted' ? [Math.max(0, event.body.interval?.[0] ?? 0)] : [],
  );
  expect(shown.length).toBeGreaterThan(0);
  expect(reading?.gain).toBeCloseTo(shown.reduce((sum, one) => sum + one, 0) / scale, 9);
  const first = events.findIndex(({ type }) => type === 'candidate.promoted');
  expect((await readOn(ledgerOf(events.slice(0, first)), UNREAD))?.gain).toBe(0);
  expect(await readOn(ledgerOf([]), UNREAD)).toBeUndefined();
});
