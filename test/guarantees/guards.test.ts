/** Guards: nothing is accepted that was not shown to keep each of them, and verify derives it again. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { GuardRule } from '../../src/claims/guards.ts';
import { exactRule, ruleHash } from '../../src/claims/rule.ts';
import type { EventRow } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import { publicRoot } from '../../src/core/rng.ts';
import type { Evaluator } from '../../src/evaluators/contract.ts';
import { valueOf } from '../../src/evaluators/outcome.ts';
import { runLoop } from '../../src/loop/loop.ts';
import type { Plan } from '../../src/loop/plan.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import { auditReport } from '../../src/reporters/audit.ts';
import { htmlReport } from '../../src/reporters/html.ts';
import { runResult } from '../../src/reporters/json.ts';
import { announcement, watchedMetric } from '../../src/reporters/live/announcement.ts';
import { markdownReport } from '../../src/reporters/markdown.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { factsFrom, pagesOf } from '../../src/testing/sample-report.ts';
import { STEP } from '../thorough.ts';
import { continueFrom, runSmall } from './fixtures/small-run.ts';
import { allRows, bodyOf, edited, planOf, verifyRows } from './fixtures/verified-study.ts';

const GOOD = 14;
const BETTER = 31;
const EFFECTS: Readonly<Record<number, number>> = { [GOOD]: 4, [BETTER]: 8 };
const GUARD: GuardRule = { name: 'latency', goal: 'min', unit: 'ms', margin: 3 };
const INFO = { name: 'memory', goal: 'min', unit: 'kB' } as const;

/** What the evaluator says of the guard, beside an ordinary 50 ms. */
type Says = (id: number, seed: number) => unknown;

/** Higher is better; every value a function of candidate and case. */
function evaluator(latency: Says, noise = 1): Evaluator {
  const metrics = (text: string, seed: number) => {
    const { id, effect } = JSON.parse(text) as { readonly id: number; readonly effect: number };
    const rng = publicRoot(text).stream(noise === 0 ? 0 : seed, 'noise');
    const score = effect + noise * rng.normal();
    const said = latency(id, seed);
    const extra = typeof said === 'number' ? 50 + said + noise * rng.normal() : said;
    return { score, memory: 7 * id, ...(extra === undefined ? {} : { latency: extra }) };
  };
  return {
    traits: { place: 'calling-thread', deterministic: true, isolation: 'none: numbers' },
    measure: (requests) =>
      requests.map(({ candidate, cases }) => ({
        cases: cases.map((seed) =>
          valueOf(metrics(candidate.text, seed), 'score', ['latency', 'memory']),
        ),
        cpuMs: 0,
      })),
    close() {},
  };
}

function guardedPlan(latency: Says, guards: readonly GuardRule[] = [GUARD]): Plan {
  const effectOf = (trial: number) => EFFECTS[trial] ?? -1;
  const plan = planOf({ evaluator: evaluator(latency), effectOf, rule: { guards } });
  return { ...plan, opened: { ...plan.opened, info: [INFO] } };
}

async function run(plan: Plan): Promise<readonly EventRow[]> {
  const ledger = await memoryStore({ clock: plan.clock }).open('guards', 'write');
  await runLoop(await openStudy({ plan, ledger, reporters: [] }));
  const rows = await allRows(ledger);
  expect((await verifyRows(rows)).findings).toEqual([]);
  return rows;
}

function found(rows: readonly EventRow[], trial: number, type: EventRow['type']): EventRow {
  const row = rows.find((one) => one.trial === trial && one.type === type);
  if (row === undefined) throw new Error(`no ${type} of trial ${trial}`);
  return row;
}

const confirmOf = (rows: readonly EventRow[], trial: number) =>
  bodyOf('trial.confirmed', found(rows, trial, 'trial.confirmed'));
const promotedIn = (rows: readonly EventRow[]) =>
  rows.flatMap(({ type, trial }) => (type === 'candidate.promoted' ? [trial] : []));

describe('an acceptance needs every guard', () => {
  test('kept: both are promoted, with the guard and the memory over the same block', async () => {
    const rows = await run(guardedPlan(() => 0));
    expect(promotedIn(rows)).toEqual([GOOD, BETTER]);
    const { guards = [], alpha = 0 } = confirmOf(rows, GOOD);
    expect(guards).toMatchObject([{ name: 'latency', verdict: 'passed', spec: { margin: -3 } }]);
    expect(guards[0]?.logE).toBeGreaterThanOrEqual(Math.log(1 / alpha));
    const promoted = bodyOf('candidate.promoted', found(rows, GOOD, 'candidate.promoted'));
    const [latency, memory] = promoted.others ?? [];
    expect(latency).toMatchObject({ name: 'latency', n: promoted.n });
    expect(Math.abs(latency?.effect ?? 99)).toBeLessThan(2);
    expect(latency?.interval?.[0]).toBeLessThan(latency?.interval?.[1] ?? -99);
    expect(memory).toEqual({ name: 'memory', n: promoted.n, effect: -105, interval: [-105, -105] });
  });

  test('worse: the better objective is not promoted, and the guard is named', async () => {
    const rows = await run(guardedPlan((id) => (id === BETTER ? 20 : 0)));
    expect(promotedIn(rows)).toEqual([GOOD]);
    expect(confirmOf(rows, BETTER)).toMatchObject({
      verdict: 'unconfirmed',
      why: 'guard latency is worse by more than its margin of 3 ms',
      guards: [{ verdict: 'worse' }],
    });
  });

  test('worse by about the margin: inconclusive, which is no pass', async () => {
    const rows = await run(guardedPlan((id) => (id === BETTER ? 3 : 0)));
    expect(promotedIn(rows)).toEqual([GOOD]);
    expect(confirmOf(rows, BETTER).why).toBe('inconclusive: guard latency');
  });

  test.each<readonly [string, unknown]>([
    ['missing', undefined],
    ['NaN', Number.NaN],
    ['infinite', Number.NEGATIVE_INFINITY],
    ['a text', '0'],
    ['null', null],
  ])('a value that is %s never passes and is never 0', async (_, value) => {
    const rows = await run(guardedPlan((id, seed) => (id === BETTER && seed % 2 ? value : 0)));
    expect(promotedIn(rows)).toEqual([GOOD]);
    const { why, n } = confirmOf(rows, BETTER);
    expect(why).toBe(`inconclusive: guard latency has no value in pair ${n}`);
    const recorded = rows
      .filter(({ trial, type }) => trial === BETTER && type === 'measurement.recorded')
      .flatMap((row) => bodyOf('measurement.recorded', row).others ?? []);
    expect(recorded.find(({ name }) => name === 'latency')?.values).toContain(null);
  });

  test('two guards: one that fails is enough, and it is the one named', async () => {
    const still: GuardRule = { name: 'memory', goal: 'min', unit: 'kB', margin: 5 };
    const plan = guardedPlan(() => 0, [GUARD, still]);
    const { info: _, ...opened } = plan.opened;
    const rows = await run({ ...plan, opened });
    expect(promotedIn(rows)).toEqual([]);
    expect(confirmOf(rows, GOOD).why).toBe('guard memory is worse by more than its margin of 5 kB');
  });

  test('a guard that the origin has no value of is refused before anything is spent', async () => {
    const plan = guardedPlan((id) => (id < 0 ? undefined : 0));
    await expect(run(plan)).rejects.toThrow(/origin has no finite value of the guard latency/);
  });
});

test('a study with guards, cut anywhere in a confirm and resumed, is the same study', async () => {
  const plan = () => guardedPlan((id) => (id === BETTER ? 20 : 0));
  const whole = await runSmall(plan());
  const cuts = whole.events.flatMap(({ type }, i) =>
    type === 'measurement.recorded' || type === 'trial.confirmed' ? [i] : [],
  );
  expect(cuts.length).toBeGreaterThan(5);
  for (const cut of cuts.filter((_, i) => i % STEP === 0)) {
    const resumed = await continueFrom(plan(), whole.events.slice(0, cut));
    expect(resumed.logical, `cut at ${cut}`).toBe(whole.logical);
  }
});

describe('in an exact study', () => {
  function exactPlan(latency: Says): Plan {
    const judge = evaluator(latency, 0);
    const guards = [{ ...GUARD, margin: 0.3 }];
    const rule = exactRule({ tolerance: 0.1, verifier: sha256('verifier'), guards });
    const plan = guardedPlan(latency);
    const opened = {
      ...plan.opened,
      rule: JSON.parse(JSON.stringify(rule)),
      ruleHash: ruleHash(rule),
    };
    return { ...plan, opened, rule, judge, verifier: judge, search: inlineQueue(judge) };
  }

  test('a loss equal to the margin passes, and more does not', async () => {
    const rows = await run(exactPlan((id) => (id === BETTER ? 0.6001 : id === GOOD ? 0.3 : 0)));
    expect(promotedIn(rows)).toEqual([GOOD]);
    expect(confirmOf(rows, GOOD).guards).toEqual([
      { name: 'latency', verdict: 'passed', n: 1, effect: -0.3 },
    ]);
    expect(confirmOf(rows, BETTER)).toMatchObject({
      verdict: 'unconfirmed',
      effect: 4,
      why: 'guard latency is worse by more than its margin of 0.3 ms',
    });
    const promoted = bodyOf('candidate.promoted', found(rows, GOOD, 'candidate.promoted'));
    expect(promoted.others?.[0]).toEqual({ name: 'latency', n: 1, effect: -0.3 });
  });

  test('a value that the verifier does not give leaves it open', async () => {
    const rows = await run(exactPlan((id) => (id === BETTER ? undefined : 0)));
    expect(promotedIn(rows)).toEqual([GOOD]);
    expect(confirmOf(rows, BETTER).why).toBe(
      'inconclusive: the verifier gave no value of the guard latency',
    );
  });
});

describe('a ledger altered around its guards is found out', () => {
  let rows: readonly EventRow[] = [];
  beforeAll(async () => {
    rows = await run(guardedPlan((id) => (id === BETTER ? 20 : 0)));
  });

  const findings = async (altered: readonly EventRow[]): Promise<string> =>
    (await verifyRows(altered)).findings.map(({ detail }) => detail).join('\n');
  const pairsOf = (trial: number, purpose: string): EventRow => {
    const row = rows.find(
      (one) =>
        one.trial === trial &&
        one.type === 'measurement.recorded' &&
        bodyOf('measurement.recorded', one).purpose === purpose,
    );
    if (row === undefined) throw new Error(`no ${purpose} of trial ${trial}`);
    return row;
  };
  const better = (values: readonly (number | null)[]) => values.map((one) => (one ?? 0) - 30);

  test('guard values of the pairs', async () => {
    const altered = edited<'measurement.recorded'>(rows, pairsOf(BETTER, 'confirm'), (body) => {
      body.others = body.others?.map((one) => ({ ...one, values: better(one.values) }));
    });
    expect(await findings(altered)).toMatch(/Guard latency|says|Decided at/);
  });

  test('guard values left out', async () => {
    const altered = edited<'measurement.recorded'>(rows, pairsOf(BETTER, 'confirm'), (body) => {
      delete body.others;
    });
    expect(await findings(altered)).toMatch(
      /Other metrics due beside these pairs: latency, memory/,
    );
  });

  test('guard values of the block', async () => {
    const altered = edited<'measurement.recorded'>(rows, pairsOf(GOOD, 'block'), (body) => {
      body.others = body.others?.map((one) => ({ ...one, values: better(one.values) }));
    });
    expect(await findings(altered)).toMatch(/The pairs give for the other metrics/);
  });

  test.each<readonly [string, (body: Record<string, unknown>) => void, RegExp]>([
    [
      'a verdict that ignores its guard',
      (body) => Object.assign(body, { verdict: 'accepted' }),
      /says unconfirmed/,
    ],
    [
      'a reason that is gone',
      (body) => delete body['why'],
      /reason beside the verdict should be: guard latency/,
    ],
    ['a guard that is gone', (body) => delete body['guards'], /1 guards; 0 are recorded/],
    [
      'a guard called passed',
      (body) => Object.assign((body['guards'] as object[])[0] ?? {}, { verdict: 'passed' }),
      /Guard latency is worse/,
    ],
    [
      'evidence overstated',
      (body) => Object.assign((body['guards'] as object[])[0] ?? {}, { logE: 9 }),
      /log E/,
    ],
    [
      'another margin',
      (body) =>
        Object.assign((body['guards'] as object[])[0] ?? {}, {
          spec: { method: 'symmetric', scale: 1, margin: -30 },
        }),
      /was tested as/,
    ],
  ])('%s', async (_, edit, says) => {
    const row = found(rows, BETTER, 'trial.confirmed');
    const altered = edited<'trial.confirmed'>(rows, row, (body) =>
      edit(body as unknown as Record<string, unknown>),
    );
    expect(await findings(altered)).toMatch(says);
  });

  test('a guard taken out of the rule, with the hash that goes with it', async () => {
    const opening = rows[0];
    if (opening === undefined) throw new Error('no rows');
    const altered = edited<'study.opened'>(rows, opening, (body) => {
      const { guards: _, ...rule } = body.rule as Record<string, unknown>;
      body.rule = rule;
      body.ruleHash = ruleHash(rule as never);
    });
    expect(await findings(altered)).toMatch(/Other metrics due/);
  });
});

describe('what people read of a study with guards', () => {
  const read = async () => {
    const { events } = await runSmall(guardedPlan((id) => (id === BETTER ? 20 : 0)));
    return { events, facts: await factsFrom(events) };
  };
  const SIZE =
    /\[−?[\d.]+, −?[\d.]+\] \(positive is better; 95 % interval, \d+ pairs; margin 3 ms\)/;

  test('the report names the guards, with n and interval of the block, and passes its audit', async () => {
    const { facts, events } = await read();
    const html = htmlReport(facts);
    const markdown = markdownReport(facts);
    for (const text of [html, markdown]) {
      expect(text).toContain('guard latency');
      expect(text).toContain('guard latency is worse by more than its margin of 3 ms');
      expect(text).toMatch(/no more than its margin in each guard: latency 3 ms/);
    }
    expect(markdown.replaceAll('\\', '')).toMatch(SIZE);
    expect([...facts.book.keys()].filter((id) => id.startsWith('disagreement'))).toEqual([]);
    const audit = await auditReport({ html, markdown }, facts, pagesOf(events));
    expect(audit).toEqual([]);
  });

  test('a promotion that flatters its guard is contradicted by its own pairs', async () => {
    const { events } = await read();
    const altered = events.map((event) =>
      event.type === 'candidate.promoted'
        ? { ...event, body: { ...event.body, others: [{ name: 'latency', n: 99, effect: 9 }] } }
        : event,
    );
    const { book } = await factsFrom(altered);
    expect(book.get(`disagreement.promotion.${GOOD}.other.latency`)?.text).toMatch(
      /records not known|records 9 ms/,
    );
  });

  test('run --json has each with its role, in its own direction', async () => {
    const { facts } = await read();
    const { promotions } = runResult(facts, { exitCode: 0 }) as unknown as {
      promotions: { others: { metric: string; role: string; interval: number[] }[] }[];
    };
    expect(promotions[0]?.others).toMatchObject([
      { metric: 'latency', role: 'guard', unit: 'ms', margin: 3, n: 12 },
      { metric: 'memory', role: 'info', unit: 'kB', effect: 105, interval: [105, 105] },
    ]);
  });

  test('the terminal says which guard held a challenger back, and how each stands after a promotion', async () => {
    const { events } = await read();
    const [opened] = events;
    if (opened?.type !== 'study.opened') throw new Error('no opening');
    const lines = events.flatMap((event) => announcement(event, watchedMetric(opened.body)));
    expect(lines.find((line) => line.startsWith('Promoted'))).toMatch(
      /; guard latency .*; memory −105 kB/,
    );
    expect(lines.find((line) => line.includes('guard latency'))).toMatch(SIZE);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^Trial 31 not accepted: guard latency is worse by more than its margin of 3 ms \(after \d+ pairs\)$/,
      ),
    );
  });
});
