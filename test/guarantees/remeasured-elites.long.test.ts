/** The best of an archive is measured again before it is believed; none of it enters a confirm. */
import { describe, expect, test } from 'vitest';
import type { Archive } from '../../src/archives/contract.ts';
import { paretoArchive } from '../../src/archives/pareto.ts';
import { REMEASURE_EVERY_TRIALS } from '../../src/claims/elites.ts';
import type { EventBody } from '../../src/core/events.ts';
import { publicRoot } from '../../src/core/rng.ts';
import type { CaseResult, Evaluator } from '../../src/evaluators/contract.ts';
import { simulatedEvaluator } from '../../src/evaluators/simulated.ts';
import { laneRecord } from '../../src/loop/lanes.ts';
import { runLoop } from '../../src/loop/loop.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import {
  climber,
  type SmallStudyOptions,
  seededEvaluator,
  smallPlan,
} from '../../src/testing/small-study.ts';
import { jitteryQueue } from './fixtures/jittery-queue.ts';
import { continueFrom, runSmall } from './fixtures/small-run.ts';
import {
  allRows,
  edited,
  planOf as plannedOf,
  rechained,
  repeatableEvaluator,
  rowsOf,
  type StudyOptions,
  verifyRows,
} from './fixtures/verified-study.ts';

type Measured = EventBody['measurement.recorded'];

const planOf = (more: Partial<SmallStudyOptions> = {}) =>
  smallPlan({ clock: manualClock(), elites: 'remeasured', ...more });

const OPTIONS: StudyOptions = { elites: 'remeasured' };
const PAIRED: StudyOptions = {
  ...OPTIONS,
  screen: 'paired',
  evaluator: simulatedEvaluator({
    noise: 'timing',
    rng: publicRoot('remeasured').stream(0, 'machine'),
  }),
};
const ROWS = await rowsOf(OPTIONS);
const bodyOf = (row: (typeof ROWS)[number]) => JSON.parse(row.body) as Measured;
const remeasuredIn = (rows: typeof ROWS) =>
  rows.filter(({ type, body }) => type === 'measurement.recorded' && body.includes('"remeasure"'));

describe.each([
  ['alone', OPTIONS],
  ['beside the incumbent', PAIRED],
])('an elite, measured %s', (_, options) => {
  test('every ten trials of the search one case, of the control none, and verify agrees', async () => {
    const rows = await rowsOf(options);
    const bodies = remeasuredIn(rows).map(bodyOf);
    const main = rows.filter(
      ({ type, body }) => type === 'trial.settled' && /"arm":"main"/.test(body),
    );
    expect(bodies.length).toBeGreaterThan(2);
    expect(bodies.length).toBeLessThanOrEqual(main.length / REMEASURE_EVERY_TRIALS);
    for (const body of bodies) {
      expect(body.arm).toBe('main');
      expect(body.values).toHaveLength(1);
      expect(body.againstValues?.length).toBe(options.screen ? 1 : undefined);
    }
    const all = new Set(bodies.flatMap(({ cases }) => cases));
    expect(all.size, 'a fresh case each').toBe(bodies.length);
    expect((await verifyRows(rows)).findings).toEqual([]);
  });
});

test('what it says becomes part of the score of the elite it was asked of', async () => {
  const inner = paretoArchive() as Archive;
  const scores: { readonly id: string; readonly due: number; readonly is: number | undefined }[] =
    [];
  const archive: Archive = {
    ...inner,
    remeasured(state, id, values) {
      const before = inner.find(state, id);
      inner.remeasured(state, id, values);
      if (before === undefined || values.length !== 1) throw new Error('not of an elite, once');
      const due = (before.score * before.n + (values[0] ?? Number.NaN)) / (before.n + 1);
      const after = inner.find(state, id);
      expect(after?.n).toBe(before.n + 1);
      scores.push({ id, due, is: after?.score });
    },
  };
  // One size: the archive holds its best alone, so whoever is measured again stays in it.
  const { events } = await runSmall({ ...planOf({ budget: { trials: 60 } }), archive });
  const asked = events.flatMap(({ type, body }) =>
    type === 'measurement.recorded' && body.purpose === 'remeasure' ? [body.candidate] : [],
  );
  expect(asked.length).toBeGreaterThan(2);
  expect(scores.map(({ id }) => id)).toEqual(asked);
  for (const { due, is } of scores) expect(is).toBeCloseTo(due, 12);
});

test('beside the incumbent it comes first or second as the public coin says', async () => {
  const queue = inlineQueue(seededEvaluator());
  const asked = new Map<number, string[]>();
  const measure: typeof queue.measure = (requests, ...rest) => {
    for (const { candidate, cases } of requests) {
      for (const one of cases) asked.set(one, [...(asked.get(one) ?? []), candidate.id]);
    }
    return queue.measure(requests, ...rest);
  };
  const budget = { trials: 120 };
  const plan = planOf({ screen: 'paired', budget, search: { ...queue, measure } });
  const { events } = await runSmall(plan);
  const places = events.flatMap(({ type, body }) => {
    if (type !== 'measurement.recorded' || body.purpose !== 'remeasure') return [];
    return [(asked.get(body.cases[0] ?? -1) ?? []).indexOf(body.candidate)];
  });
  expect(places.length).toBeGreaterThan(5);
  expect(new Set(places)).toEqual(new Set([0, 1]));
});

test('where nobody breeds from the archive, nobody is measured again', async () => {
  const traits = { repeatable: true, sequential: false };
  const proposers = (breeds: boolean) => [
    { ...climber(), traits: breeds ? { ...traits, breeds: true as const } : traits },
  ];
  const asked = async (breeds: boolean) =>
    (await runSmall(planOf({ proposers: proposers(breeds) }))).events.filter(
      ({ type, body }) => type === 'measurement.recorded' && body.purpose === 'remeasure',
    ).length;
  expect(await asked(false)).toBe(0);
  expect(await asked(true)).toBeGreaterThan(2);
});

test('1, 2 and 16 workers write the same study', async () => {
  const runs = [1, 2, 16].map(async (workers) => {
    const search = jitteryQueue(workers);
    return (await runSmall(planOf({ search, lookahead: 16 }))).logical;
  });
  expect(new Set(await Promise.all(runs)).size).toBe(1);
});

test.each([undefined, 'paired'] as const)(
  'cut after any entry and resumed, screen: %s',
  async (screen) => {
    const plan = () => planOf({ budget: { trials: 40 }, ...(screen ? { screen } : {}) });
    const whole = await runSmall(plan());
    for (let cut = 1; cut < whole.events.length; cut++) {
      const resumed = await continueFrom(plan(), whole.events.slice(0, cut));
      expect(resumed.logical, `cut after entry ${cut}`).toBe(whole.logical);
    }
  },
);

const CRASHED = { outcome: 'crashed', message: 'planted' } as const;
const SPOILED = { outcome: 'infra-error', message: 'planted' } as const;

/** Scores everything but on these cases, of which it knows nothing the first `times` times. */
function losing(
  cases: ReadonlySet<number>,
  lost: CaseResult = CRASHED,
  times = Number.POSITIVE_INFINITY,
): Evaluator {
  let left = times;
  const inner = repeatableEvaluator();
  return {
    ...inner,
    measure: async (requests, signal) => {
      const measured = await inner.measure(requests, signal);
      return measured.map((one, i) => ({
        ...one,
        cases: one.cases.map((result, k) =>
          cases.has(requests[i]?.cases[k] ?? -1) && left-- > 0 ? lost : result,
        ),
      }));
    },
  };
}

test('an elite that fails on its fresh case is no parent any longer', async () => {
  const stream = publicRoot('verified').stream(-1, 'remeasure:main', 0);
  const evaluator = losing(new Set([stream.u32()]));
  const dropped: string[] = [];
  const inner = paretoArchive() as Archive;
  const archive: Archive = {
    ...inner,
    drop(state, candidate) {
      expect(inner.find(state, candidate)).toBeDefined();
      dropped.push(candidate);
      inner.drop(state, candidate);
    },
  };
  const { events } = await runSmall({ ...plannedOf({ ...OPTIONS, evaluator }), archive });
  const [first] = events.flatMap(({ type, body }) =>
    type === 'measurement.recorded' && body.purpose === 'remeasure' ? [body] : [],
  );
  expect(first?.values).toEqual([null]);
  expect(dropped).toEqual([first?.candidate]);
});

test('a case on which the incumbent fails too tells nothing about an elite', async () => {
  const case0 = publicRoot('verified').stream(-1, 'remeasure:main', 0).u32();
  const dropped: string[] = [];
  const inner = paretoArchive() as Archive;
  const archive: Archive = { ...inner, drop: (_, candidate) => void dropped.push(candidate) };
  const options = { ...OPTIONS, screen: 'paired' as const, evaluator: losing(new Set([case0])) };
  const { events } = await runSmall({ ...plannedOf(options), archive });
  const first = events.find(({ body }) => 'purpose' in body && body.purpose === 'remeasure');
  expect(first?.body).toMatchObject({ cases: [case0], values: [null], againstValues: [null] });
  expect(dropped).toEqual([]);
});

test.each([undefined, 'paired'] as const)(
  'an elite stays where the machine failed, screen: %s: a few times it is tried again, then nothing goes on',
  async (screen) => {
    const options = { ...OPTIONS, ...(screen ? { screen } : {}) };
    const cases = new Set([publicRoot('verified').stream(-1, 'remeasure:main', 0).u32()]);
    const of = (times?: number) =>
      runSmall(plannedOf({ ...options, evaluator: losing(cases, SPOILED, times) }));
    const whole = await runSmall(plannedOf({ ...options, evaluator: losing(new Set()) }));
    expect((await of(2)).logical).toBe(whole.logical);
    await expect(of()).rejects.toMatchObject({ code: 'INFRASTRUCTURE' });
  },
);

const ORIGIN = plannedOf(OPTIONS).origin.id;
const [first] = remeasuredIn(ROWS);
if (first === undefined) throw new Error('nothing was measured again');

test.each<[string, RegExp, (body: Editable) => void]>([
  [
    'another candidate',
    /not the best that has too little/,
    (body) => {
      body.candidate = ORIGIN;
    },
  ],
  [
    'another case',
    /not what the public seed gives/,
    (body) => {
      body.cases = [7];
    },
  ],
  [
    'two cases for one',
    /One case for an elite is due/,
    (body) => {
      body.cases = [...body.cases, 7];
      body.values = [...body.values, 1];
    },
  ],
  [
    'for the control',
    /No elite of control/,
    (body) => {
      body.arm = 'control';
    },
  ],
  [
    'out of turn',
    /Recorded after 3 trials/,
    (body) => {
      body.from = 3;
    },
  ],
  [
    'beside the incumbent, alone',
    /not measured as candidates are screened/,
    (body) => {
      body.against = ORIGIN;
    },
  ],
])('planted fault: %s', async (_name, says, change) => {
  const report = await verifyRows(edited<'measurement.recorded'>(ROWS, first, change));
  expect(report.findings.map(({ detail }) => detail).join('\n')).toMatch(says);
});
type Editable = Parameters<Parameters<typeof edited<'measurement.recorded'>>[2]>[0];

const missing = (rows: typeof ROWS, gone: (row: (typeof ROWS)[number]) => boolean) =>
  rechained(rows.filter((row) => !gone(row)));

test('planted fault: an elite that was due and is not measured again, the first or the last', async () => {
  const all = remeasuredIn(ROWS);
  for (const left of [all[0], all.at(-1)]) {
    const { findings } = await verifyRows(missing(ROWS, (row) => row === left));
    expect(findings[0]).toMatchObject({ seq: left?.seq, kind: 'order' });
    expect(findings[0]?.detail).toMatch(/before an elite of main was measured again/);
  }
});

test('planted fault: an engine that never measures an elite again, accused once', async () => {
  const { findings } = await verifyRows(missing(ROWS, (row) => remeasuredIn([row]).length > 0));
  const owed = findings.filter(({ detail }) => /before an elite of main/.test(detail));
  expect(owed).toHaveLength(1);
});

test('no false alarm: where nobody breeds, and in a ledger that does not say who does', async () => {
  const plan = plannedOf(OPTIONS);
  const lanes = plan.lanes.map((lane) => {
    const { breeds: _, ...traits } = lane.proposer.traits;
    return { ...lane, proposer: { ...lane.proposer, traits } };
  });
  const opened = { ...plan.opened, lanes: lanes.map((one) => laneRecord(one, 'remeasured')) };
  const ledger = await memoryStore(plan).open('nobody', 'write');
  await runLoop(await openStudy({ plan: { ...plan, opened, lanes }, ledger, reporters: [] }));
  const nobody = await allRows(ledger);
  expect(remeasuredIn(nobody)).toEqual([]);
  expect((await verifyRows(nobody)).findings).toEqual([]);
  const unsaid = edited<'study.opened'>(ROWS, ROWS[0] as (typeof ROWS)[number], (body) => {
    body.lanes = body.lanes.map(({ breeds: __, ...one }) => one);
  });
  expect((await verifyRows(unsaid)).findings).toEqual([]);
});

test('planted fault: between a challenge and its verdict', async () => {
  const at = ROWS.findIndex(
    ({ type, body }) => type === 'trial.settled' && /"end":null/.test(body),
  );
  const moved = [...ROWS.slice(0, at + 1), first, ...ROWS.slice(at + 1)];
  const { findings } = await verifyRows(rechained(moved));
  const here = findings.filter(({ seq }) => seq === at + 2).map(({ detail }) => detail);
  expect(here.join('\n')).toMatch(/An elite is measured while trial \d+ is open/);
});

test('planted fault: in a study that ranks by scores as they stand', async () => {
  const [opened] = ROWS;
  if (opened === undefined) throw new Error('no study');
  const changed = edited<'study.opened'>(ROWS, opened, (body) => {
    delete body.elites;
  });
  const report = await verifyRows(changed);
  expect(report.findings[0]?.detail).toMatch(/No elite of main is measured again/);
});

test('planted fault: a value that would keep a lucky elite in front', async () => {
  const changed = edited<'measurement.recorded'>(ROWS, first, (body) => {
    body.values = [-1e6];
  });
  const report = await verifyRows(changed);
  expect(report.findings[0]?.detail).toMatch(
    /the archive as it stood|not the best that has too little/,
  );
});
