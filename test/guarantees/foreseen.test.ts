/** Every proposal of a search is expected to do something before it runs, and forecasts are scored where nobody chose. */
import { describe, expect, test } from 'vitest';
import { foreseenOf } from '../../src/claims/foreseen.ts';
import type { EventBody, EventRow, StoredEvent } from '../../src/core/events.ts';
import type { TastePromise } from '../../src/core/forecast.ts';
import { publicRoot } from '../../src/core/rng.ts';
import type { Taste } from '../../src/tastes/contract.ts';
import { uniformTaste } from '../../src/tastes/uniform.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { type SmallStudyOptions, smallPlan } from '../../src/testing/small-study.ts';
import { continueFrom, runSmall } from './fixtures/small-run.ts';
import { edited, rechained, rowsOfEvents, verifyRows } from './fixtures/verified-study.ts';

/** Ranks points by their own true effect: as good as a taste can be. */
const oracle: ReturnType<typeof uniformTaste> = {
  ...uniformTaste(),
  predict: (_state, { drafts }) =>
    drafts.map(({ text }) => {
      const { effect } = JSON.parse(text) as { readonly effect: number };
      return { chance: 0.5, rank: effect };
    }),
};

const CHOOSING: TastePromise = { use: 'surrogate', drafts: 6, explore: 0.25 };

const planOf = (more: Partial<SmallStudyOptions> = {}) =>
  smallPlan({
    clock: manualClock(),
    tasted: { promise: CHOOSING, taste: oracle as Taste },
    ...more,
  });

const whole = await runSmall(planOf());
const settled = whole.events.filter((one) => one.type === 'trial.settled');

test('what a search measures has a forecast, and control arms, which learn nothing, have none', () => {
  const measured = settled.filter(({ body }) => body.values.length > 0);
  const has = (arm: string) =>
    measured.filter(({ body }) => body.arm === arm).map(({ body }) => body.forecast !== undefined);
  expect(new Set(has('main'))).toEqual(new Set([true]));
  expect(new Set(has('best-of-n'))).toEqual(new Set([false]));
});

test('it says what the fold at its horizon said, and nothing of its own result', () => {
  const uniform = smallPlan({
    clock: manualClock(),
    tasted: { promise: { use: 'uniform', drafts: 1, explore: 1 }, taste: uniformTaste() as Taste },
  });
  return runSmall(uniform).then(({ events }) => {
    const trials = events.filter((one) => one.type === 'trial.settled');
    let checked = 0;
    for (const { body } of trials) {
      if (body.forecast === undefined) continue;
      const before = trials
        .filter((one) => (one.trial ?? 0) < body.horizon && one.body.proposer === body.proposer)
        .flatMap((one) => foreseenOf(uniform.opened.metric, one.body) ?? []);
      const better = before.filter((one) => one.better).length;
      expect(body.forecast.chance).toBeCloseTo((better + 1) / (before.length + 2), 4);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(30);
  });
});

test('the draw of a trial decides who chooses, and a good taste then chooses better', () => {
  const gains = { drawn: [] as number[], chosen: [] as number[] };
  for (const { body, trial = -1 } of settled) {
    if (body.forecast === undefined || body.proposer !== 'climber') continue;
    const isDrawn = publicRoot('1').stream(trial, 'taste').float() < CHOOSING.explore;
    expect(body.forecast.atRandom ?? false).toBe(isDrawn);
    expect(body.considered).toBe(isDrawn ? 1 : CHOOSING.drafts);
    const { effect } = JSON.parse(body.text) as { effect: number };
    gains[isDrawn ? 'drawn' : 'chosen'].push(effect - body.forecast.over);
  }
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
  expect(mean(gains.chosen)).toBeGreaterThan(mean(gains.drawn) + 0.5);
});

test('choosing is charged to the trial that chose', async () => {
  let at = 0;
  const tick = (): number => {
    at += 0.5;
    return at;
  };
  const clock = { ...manualClock(), monotonicMs: tick, cpuMs: tick };
  const { events } = await runSmall(planOf({ clock, budget: { trials: 12 } }));
  const metas = events.flatMap(({ type, meta }) => (type === 'trial.settled' ? [meta] : []));
  const charged = metas.filter(({ tasteMs = 0 }) => tasteMs > 0);
  expect(charged.length).toBeGreaterThan(3);
  for (const { cpuMs = 0, tasteMs = 0 } of charged) expect(cpuMs).toBeGreaterThanOrEqual(tasteMs);
});

test('cut anywhere and resumed, or measured in another order, the forecasts are the same', async () => {
  for (const cut of [4, 40, 77, whole.events.length - 9]) {
    const resumed = await continueFrom(planOf(), whole.events.slice(0, cut));
    expect(resumed.logical, `cut after entry ${cut}`).toBe(whole.logical);
  }
});

describe('verify', () => {
  const ROWS = rowsOfEvents(whole.events);
  const first = (fits: (body: EventBody['trial.settled']) => boolean): EventRow => {
    const found = settled.find(({ body, trial = 0 }) => trial > 9 && fits(body)) as StoredEvent;
    return ROWS[found.seq - 1] as EventRow;
  };
  const forecastOf = (row: EventRow) => JSON.parse(row.body).forecast;
  const chosen = first(({ forecast }) => forecast !== undefined && !forecast.atRandom);
  const control = first(({ arm, values }) => arm === 'best-of-n' && values.length > 0);

  test('finds nothing in what the loop wrote, with pairs or without', async () => {
    expect((await verifyRows(ROWS)).findings).toEqual([]);
    const paired = await runSmall(planOf({ screen: 'paired' }));
    const bars = paired.events.flatMap((one) =>
      one.type === 'trial.settled' && one.body.forecast ? [one.body.forecast.over] : [],
    );
    expect(new Set(bars).size).toBeGreaterThan(1);
    expect((await verifyRows(rowsOfEvents(paired.events))).findings).toEqual([]);
  });

  test.each([
    { name: 'a forecast left out', row: chosen, forecast: undefined, says: /Nothing is recorded/ },
    {
      name: 'a chosen draft called random',
      row: chosen,
      forecast: { ...forecastOf(chosen), atRandom: true },
      says: /takes the draft of its taste/,
    },
    {
      name: 'a bar set lower',
      row: chosen,
      forecast: { ...forecastOf(chosen), over: -99 },
      says: /had to beat .*; recorded is -99/,
    },
    {
      name: 'a control arm that expects',
      row: control,
      forecast: { chance: 0.5, over: 0 },
      says: /no taste/,
    },
  ])('names $name', async ({ row, forecast, says }) => {
    const rows = edited<'trial.settled'>(ROWS, row, (body) => {
      if (forecast === undefined) delete body.forecast;
      else body.forecast = forecast;
    });
    const { findings } = await verifyRows(rows);
    expect(findings.filter(({ seq }) => seq === row.seq)).toMatchObject([{ kind: 'decision' }]);
    expect(findings[0]?.detail).toMatch(says);
  });

  const foretold = (trial: number, candidate: string) => ({
    type: 'forecast.made',
    v: 1,
    trial,
    actor: 'human:ann',
    body: JSON.stringify({ by: 'human:ann', candidate, chance: 0.3 }),
    meta: chosen.meta,
  });
  const { trial: number = 0, candidate } = { trial: chosen.trial ?? 0, ...JSON.parse(chosen.body) };
  const withForetold = (at: number, about: string) =>
    rechained([...ROWS.slice(0, at), foretold(number, about), ...ROWS.slice(at)]);

  test('takes a person’s word before the result, and not after it', async () => {
    const before = await verifyRows(withForetold(chosen.seq - 1, candidate));
    expect(before.findings).toEqual([]);
    const { findings } = await verifyRows(withForetold(chosen.seq, candidate));
    expect(findings).toMatchObject([{ seq: chosen.seq + 1, kind: 'order' }]);
    expect(findings[0]?.detail).toMatch(/after the result/);
  });

  test('names a word about another candidate', async () => {
    const other = JSON.parse(control.body).candidate;
    const { findings } = await verifyRows(withForetold(chosen.seq - 1, other));
    expect(findings[0]?.detail).toMatch(/another candidate than the one tried/);
  });
});
