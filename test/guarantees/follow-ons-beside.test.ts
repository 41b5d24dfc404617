/** Follow-ons beside what a study expects and what it remembers: no taste is asked for them, no dead end is one. */
import { describe, expect, test } from 'vitest';
import type { EventBody, EventRow, StoredEvent } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import { memoryHash, type UsedMemory } from '../../src/core/memory.ts';
import type { Taste } from '../../src/tastes/contract.ts';
import { uniformTaste } from '../../src/tastes/uniform.ts';
import { climber, type SmallStudyOptions } from '../../src/testing/small-study.ts';
import { followedPlan, READER } from './fixtures/followed-study.ts';
import { continueFrom, runSmall } from './fixtures/small-run.ts';
import { edited, rowsOfEvents, verifyRows } from './fixtures/verified-study.ts';

const planOf = (more: Partial<SmallStudyOptions> = {}) =>
  followedPlan({ proposers: [climber()], ...more });
const verified = (rows: readonly EventRow[]) => verifyRows(rows, { followOnReader: READER });

type Settled = StoredEvent<'trial.settled'>;
const measuredIn = (events: readonly StoredEvent[]): readonly Settled[] =>
  events.filter(
    (one): one is Settled =>
      one.type === 'trial.settled' && one.body.arm === 'main' && one.body.values.length > 0,
  );
const candidatesIn = (events: readonly StoredEvent[]) =>
  events.flatMap((one) => (one.type === 'follow-ons.proposed' ? one.body.next : []));

describe('beside a taste', () => {
  const tastedPlan = () =>
    planOf({
      tasted: {
        promise: { use: 'surrogate', drafts: 4, explore: 0.25 },
        taste: uniformTaste() as Taste,
      },
    });
  const whole = runSmall(tastedPlan());
  const parts = whole.then(({ events }) => {
    const measured = measuredIn(events);
    const isOurs = ({ body }: Settled) => body.proposer === 'follow-ons';
    return {
      rows: rowsOfEvents(events),
      ours: measured.filter(isOurs),
      others: measured.filter((one) => !isOurs(one)),
    };
  });

  test('what predicts itself has no forecast, and all else has one', async () => {
    const { rows, ours, others } = await parts;
    expect(ours.length).toBeGreaterThan(3);
    expect(ours.filter(({ body }) => body.forecast)).toEqual([]);
    expect(others.length).toBeGreaterThan(20);
    expect(others.filter(({ body }) => body.forecast === undefined)).toEqual([]);
    expect((await verified(rows)).findings).toEqual([]);
  });

  test('cut anywhere and resumed, it is the same study', async () => {
    const { events, logical } = await whole;
    for (const cut of [40, 71, events.length - 9]) {
      const resumed = await continueFrom(tastedPlan(), events.slice(0, cut));
      expect(resumed.logical, `cut after entry ${cut}`).toBe(logical);
    }
  });

  const withForecast = async (
    of: 'ours' | 'others',
    forecast: EventBody['trial.settled']['forecast'],
  ) => {
    const { rows, ...trials } = await parts;
    const { seq = 0 } = trials[of].at(-1) ?? {};
    const changed = edited<'trial.settled'>(rows, rows[seq - 1] as EventRow, (body) => {
      if (forecast) body.forecast = forecast;
      else delete body.forecast;
    });
    const { findings } = await verified(changed);
    return findings.filter((one) => one.seq === seq).map(({ detail }) => detail);
  };

  test('planted: another trial without its forecast', async () => {
    expect(await withForecast('others', undefined)).toContainEqual(
      expect.stringMatching(/Nothing is recorded of what was expected/),
    );
  });

  test('planted: a follow-on with a forecast', async () => {
    expect(await withForecast('ours', { chance: 0.5, over: 0 })).toContainEqual(
      expect.stringMatching(/A follow-on predicts itself/),
    );
  });
});

describe('beside memory', () => {
  const withDeadEnd = (key: string) => {
    const plan = planOf();
    const lists: Omit<UsedMemory, 'hash'> = {
      from: [{ study: 'earlier', record: sha256('earlier') }],
      deadEnds: [[key, 0]],
    };
    const memory = { hash: memoryHash(lists), ...lists };
    return { ...plan, opened: { ...plan.opened, memory } };
  };

  test('a dead end that it names is not proposed; planted: one that was', async () => {
    const before = await runSmall(planOf());
    const ablation = candidatesIn(before.events).find(({ kind }) => kind === 'ablate');
    const key = ablation?.candidate?.key ?? '';
    const plan = withDeadEnd(key);
    const after = await runSmall(plan);
    const keys = candidatesIn(after.events).map(({ candidate }) => candidate?.key);
    expect(keys.length).toBeGreaterThan(3);
    expect(keys).not.toContain(key);
    expect((await verified(rowsOfEvents(after.events))).findings).toEqual([]);

    const rows = rowsOfEvents(before.events);
    const { findings } = await verified(
      edited<'study.opened'>(rows, rows[0] as EventRow, (body) =>
        Object.assign(body, { memory: plan.opened.memory }),
      ),
    );
    expect(findings.map(({ detail }) => detail)).toContainEqual(
      expect.stringMatching(/^The rule proposes .* They differ at next/),
    );
  });
});
