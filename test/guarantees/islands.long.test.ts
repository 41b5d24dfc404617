/** Islands against control blocks in one study: a claim about the search, and what it may not be. */
import { describe, expect, test } from 'vitest';
import { islandArms } from '../../src/app/islands-design.ts';
import { FINAL_CASES } from '../../src/claims/islands.ts';
import type { EventBody, EventRow, StoredEvent } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import { buildCycle, buildEqualCycle } from '../../src/loop/lanes.ts';
import { runLoop } from '../../src/loop/loop.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import type { Proposer } from '../../src/proposers/contract.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { climber, smallPlan } from '../../src/testing/small-study.ts';
import { jitteryQueue } from './fixtures/jittery-queue.ts';
import { continueFrom, runSmall, type SmallRun } from './fixtures/small-run.ts';
import { allRows, edited, verifyRows } from './fixtures/verified-study.ts';

const ISLANDS = { islands: 6, blocks: 2 };
const DESIGN = islandArms(ISLANDS);

/** Draws around the origin, whatever it was told: a search that is plain sampling. */
function sampler(): Proposer {
  return {
    name: 'sampler',
    traits: { repeatable: true, sequential: false },
    init: () => null,
    ask(_state, { trial, rng }) {
      const text = JSON.stringify({ trial, effect: 2 * rng.normal() });
      return { text, parents: [], operator: 'draw', key: sha256(text), considered: 1, size: 1 };
    },
    tell: (state) => state,
  } as Proposer;
}

const planOf = (proposer: Proposer, seed: string, trials = 400) =>
  smallPlan({
    clock: manualClock(),
    islands: DESIGN,
    proposers: [proposer],
    budget: { trials },
    seed,
    secret: seed,
  });

function judgedOf(events: readonly StoredEvent[]): EventBody['islands.compared'] {
  const found = events.find((one) => one.type === 'islands.compared');
  if (found?.type !== 'islands.compared') throw new Error('never judged');
  return found.body;
}

const finalsIn = (events: readonly StoredEvent[]) =>
  events.flatMap((one) =>
    one.type === 'measurement.recorded' && one.body.purpose === 'final' ? [one.body] : [],
  );

const climbed: SmallRun = await runSmall(planOf(climber(), 'a', 800));

describe('what is measured', () => {
  test('every arm has a share, and its final as many cases, the same for all', () => {
    const finals = finalsIn(climbed.events);
    const casesOf = (arm: string) =>
      finals.filter((one) => one.arm === arm).flatMap((b) => b.cases);
    const names = DESIGN.map(({ name }) => name);
    expect(new Set(finals.map(({ arm }) => arm))).toEqual(new Set(names));
    for (const name of names) expect(casesOf(name)).toEqual(casesOf('main'));
    expect(new Set(casesOf('main')).size).toBe(FINAL_CASES);
    const elsewhere = climbed.events.flatMap((one) =>
      one.type === 'measurement.recorded' && one.body.purpose !== 'final' ? one.body.cases : [],
    );
    expect(elsewhere.filter((one) => casesOf('main').includes(one))).toEqual([]);
  });

  test('no final is later than the smallest spend of all', () => {
    const { arms } = climbed.study.state;
    const { atEvals, finals } = judgedOf(climbed.events);
    expect(atEvals).toBe(Math.min(...Object.values(arms).map(({ evals }) => evals)));
    for (const { arm, candidate } of finals) {
      const reached = arms[arm]?.milestones.filter((one) => one.atEvals <= atEvals).at(-1);
      expect(candidate).toBe(reached?.candidate.id);
    }
  });

  test('all of a round before the next, each round in an order of its own', () => {
    const rounds = new Map<number, string[]>();
    for (const { arm, from } of finalsIn(climbed.events))
      rounds.set(from, [...(rounds.get(from) ?? []), arm]);
    const orders = [...rounds.values()];
    expect(finalsIn(climbed.events).map(({ from }) => from)).toEqual(
      [...rounds.keys()].flatMap((from) => DESIGN.map(() => from)),
    );
    for (const order of orders) expect(order).toHaveLength(DESIGN.length);
    expect(new Set(orders.map((order) => order.join())).size).toBe(orders.length);
  });

  test('every arm draws from its proposers in the same proportions', () => {
    const lanes = islandArms({ islands: 12, blocks: 3 }).flatMap(({ name, share }) =>
      [0.8, 0.15, 0.05].map((part) => ({ arm: name, weight: share * part })),
    );
    const turnsOf = (cycle: readonly number[]) =>
      lanes.map((_, lane) => cycle.filter((at) => at === lane).length);
    const mixes = (cycle: readonly number[]) =>
      new Set(turnsOf(cycle).flatMap((_, i, all) => (i % 3 ? [] : [all.slice(i, i + 3).join()])));
    expect([...mixes(buildEqualCycle(lanes))]).toEqual(['80,15,5']);
    // One round for all lanes has no place for the rare ones: the blocks, which come last, lose them.
    expect([...mixes(buildCycle(lanes.map(({ weight }) => weight)))].at(-1)).toMatch(/,0$/);
  });

  test('an island never breeds from another: parents are of its own arm', () => {
    const armOf = new Map<string, Set<string>>();
    for (const one of climbed.events) {
      if (one.type !== 'trial.settled') continue;
      for (const parent of one.body.parents) expect(armOf.get(parent)).toContain(one.body.arm);
      const { candidate, arm } = one.body;
      armOf.set(candidate, (armOf.get(candidate) ?? new Set()).add(arm));
    }
    expect(armOf.size).toBeGreaterThan(100);
  });

  test('only the first island promotes; its sisters and the blocks adopt', () => {
    const promoted = climbed.events.filter((one) => one.type === 'candidate.promoted');
    const adopted = climbed.events.filter(
      (one) => one.type === 'trial.confirmed' && one.body.verdict === 'accepted',
    );
    expect(promoted.length).toBeGreaterThan(0);
    expect(adopted.length).toBeGreaterThan(promoted.length);
    for (const { body } of promoted) expect(body).toMatchObject({ arm: 'main' });
  });
});

describe('what is found', () => {
  test('a search that learns helped', () => {
    const { verdict, words, p, interval } = judgedOf(climbed.events);
    expect(verdict).toBe('helped');
    expect(words).toMatch(
      /^search helped: difference .* at the budget of one island, \d+ evaluations$/,
    );
    expect(p).toBeLessThanOrEqual(0.05);
    expect(interval?.[0]).toBeGreaterThan(0);
  });

  test('and is found to, more often than chance would say so', async () => {
    let found = 0;
    for (let i = 0; i < 10; i++) {
      const { events } = await runSmall(planOf(climber(), `climb ${i}`, 800));
      if (judgedOf(events).verdict === 'helped') found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(4);
  });

  test('one that is plain sampling did so in no more studies than it may', async () => {
    const studies = 60;
    let fooled = 0;
    for (let i = 0; i < studies; i++) {
      const { events } = await runSmall(planOf(sampler(), `null ${i}`, 100));
      if (judgedOf(events).verdict === 'helped') fooled += 1;
    }
    expect(fooled).toBeLessThanOrEqual(studies * 0.05 + 2 * Math.sqrt(studies * 0.05 * 0.95));
  });

  test('where all finals are the origin there is nothing to compare, and no number', async () => {
    const { events } = await runSmall(planOf(sampler(), 'short', 8));
    const { verdict, words, difference, interval } = judgedOf(events);
    expect([verdict, difference, interval]).toEqual(['not-testable', undefined, undefined]);
    expect(words).toMatch(/every final was the same candidate$/);
  });

  test('no search, where only the machine moved while the finals were measured', async () => {
    const plan = planOf(climber(), 'a', 800);
    let calls = 0;
    const drifting = {
      ...plan.judge,
      measure: (requests: Parameters<typeof plan.judge.measure>[0]) =>
        requests.map(({ cases }) => {
          calls += 1;
          return {
            cases: cases.map(() => ({ outcome: 'scored' as const, value: -calls })),
            cpuMs: 0,
          };
        }),
    };
    const cut = climbed.events.findIndex(
      (one) => one.type === 'measurement.recorded' && one.body.purpose === 'final',
    );
    const run = await continueFrom({ ...plan, judge: drifting }, climbed.events.slice(0, cut));
    expect(judgedOf(run.events).verdict).toBe('no-evidence');
  });

  test('a final without a score is no comparison, and says whose', async () => {
    const plan = planOf(climber(), 'a', 800);
    const broken = judgedOf(climbed.events).finals.at(-1);
    const judge = {
      ...plan.judge,
      measure: async (...[requests, signal]: Parameters<typeof plan.judge.measure>) => {
        const all = await plan.judge.measure(requests, signal);
        const isFinal = (cases: readonly number[]) => cases.length > 1;
        return all.map((one, i) =>
          requests[i]?.candidate.id === broken?.candidate && isFinal(requests[i]?.cases ?? [])
            ? { ...one, cases: one.cases.map(() => ({ outcome: 'crashed' as const, message: '' })) }
            : one,
        );
      },
    };
    const cut = climbed.events.findIndex(
      (one) => one.type === 'measurement.recorded' && one.body.purpose === 'final',
    );
    const { events } = await continueFrom({ ...plan, judge }, climbed.events.slice(0, cut));
    const { verdict, words, difference } = judgedOf(events);
    expect(verdict).toBe('not-testable');
    expect(difference).toBeUndefined();
    expect(words).toMatch(/^not testable: .*block-2 without a score on some of the common cases$/);
  });
});

describe('the same study', () => {
  test('whatever the number of workers', async () => {
    const digests = await Promise.all(
      [1, 16].map(async (workers) => {
        const plan = { ...planOf(climber(), 'w', 80), search: jitteryQueue(workers) };
        return (await runSmall(plan)).logical;
      }),
    );
    expect(new Set(digests).size).toBe(1);
  });

  test('cut after any entry of its end and resumed', async () => {
    const plan = () => planOf(climber(), 'cut', 40);
    const whole = await runSmall(plan());
    const first = whole.events.findIndex(({ type }) => type === 'arm.compared');
    for (let cut = first; cut < whole.events.length; cut += 3) {
      const resumed = await continueFrom(plan(), whole.events.slice(0, cut));
      expect(resumed.logical, `cut after entry ${cut}`).toBe(whole.logical);
    }
  });
});

describe('verify', async () => {
  const plan = planOf(climber(), 'verified', 160);
  const ledger = await memoryStore({ clock: plan.clock }).open('small', 'write');
  await runLoop(await openStudy({ plan, ledger, reporters: [] }));
  const rows = await allRows(ledger);
  const is = (row: EventRow, part: string) => row.body.includes(part);
  const final = rows.findLast((row) => is(row, '"purpose":"final"')) as EventRow;
  const judged = rows.find(({ type }) => type === 'islands.compared') as EventRow;
  const faults = async (changed: readonly EventRow[]) =>
    (await verifyRows(changed)).findings.map(({ detail }) => detail).join(' ');

  test('derives it all again', async () => {
    expect((await verifyRows(rows)).findings).toEqual([]);
  });

  test('sees a changed final, other cases, another candidate, another finding', async () => {
    const measured = (
      change: (body: { values: number[]; cases: number[]; candidate: string }) => void,
    ) => faults(edited<'measurement.recorded'>(rows, final, change as never));
    expect(await measured((body) => (body.values[0] = 50))).toContain('The finals give');
    expect(await measured((body) => (body.cases[0] = 7))).toContain('not those of the arms before');
    expect(await measured((body) => (body.candidate = sha256('other')))).toContain(
      'not the final of',
    );
    const found = (change: (body: EventBody['islands.compared']) => unknown) =>
      faults(edited<'islands.compared'>(rows, judged, change as never));
    expect(await found((body) => Object.assign(body, { verdict: 'hurt' }))).toContain(
      'Recorded as',
    );
    expect(await found((body) => Object.assign(body, { words: 'helped' }))).toContain('The words');
    expect(await found((body) => Object.assign(body, { atEvals: 1 }))).toContain('Judged at');
    expect(await found((body) => Object.assign(body, { difference: 9 }))).toContain(
      'The finals give',
    );
  });

  test('misses it where it was left out', async () => {
    const gone = rows.filter((row) => row !== judged);
    const { rechained } = await import('./fixtures/verified-study.ts');
    expect(await faults(rechained(gone))).toContain('the control blocks');
  });
});
