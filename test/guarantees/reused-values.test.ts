import { expect, test } from 'vitest';
import { configSchema } from '../../src/app/config-schema.ts';
import type { StoredEvent } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import type { Steering } from '../../src/core/steering.ts';
import type { Evaluator } from '../../src/evaluators/contract.ts';
import { measuredEvals, totalEvals } from '../../src/loop/decide.ts';
import { runLoop } from '../../src/loop/loop.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import type { StudyState } from '../../src/loop/state.ts';
import type { Proposer } from '../../src/proposers/contract.ts';
import { scriptedProposer } from '../../src/proposers/scripted.ts';
import type { Queue } from '../../src/queues/contract.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { factsFrom } from '../../src/testing/sample-report.ts';
import {
  type SmallStudyOptions,
  seededEvaluator,
  smallPlan,
} from '../../src/testing/small-study.ts';
import { STEP } from '../thorough.ts';
import { jitteryQueue } from './fixtures/jittery-queue.ts';
import { continueFrom, draftOf, runSmall, settledIn } from './fixtures/small-run.ts';
import { runningClock, runSteered } from './fixtures/steered-run.ts';
import {
  allRows,
  type Editable,
  edited,
  rowsOfPlan,
  verifyRows,
} from './fixtures/verified-study.ts';

const TRIALS = 120;
/** The arms come by in cycles of four: every candidate comes to both, half an epoch apart. */
const PERIOD = 9;
const textOf = (trial: number): string => {
  const round = Math.floor(trial / (2 * PERIOD));
  const nth = round * PERIOD + (trial % PERIOD);
  return JSON.stringify({ trial: nth, effect: nth === 20 ? 4 : (nth % 5) / 4 });
};

function planOf({ cache = true, ...more }: Partial<SmallStudyOptions> & { cache?: boolean } = {}) {
  const proposers = [scriptedProposer({ textOf }) as Proposer];
  const plan = smallPlan({ clock: manualClock(), budget: { trials: TRIALS }, proposers, ...more });
  return cache ? { ...plan, opened: { ...plan.opened, cache: true as const } } : plan;
}

const reusedOf = (events: readonly StoredEvent[]): number =>
  settledIn(events).reduce((sum, { body }) => sum + (body.reused ?? 0), 0);

/** Counts the cases it is asked for. */
function counting(): { readonly search: Queue; readonly cases: () => number } {
  const evaluator = seededEvaluator();
  let cases = 0;
  const counted: Evaluator = {
    ...evaluator,
    measure(requests, signal) {
      for (const request of requests) cases += request.cases.length;
      return evaluator.measure(requests, signal);
    },
  };
  return { search: inlineQueue(counted), cases: () => cases };
}

const WHOLE = await runSmall(planOf());
const ROWS = await rowsOfPlan(planOf());

test('on or off: the same trials, charges, decisions and claims; only fewer measurements', async () => {
  const [on, off] = [counting(), counting()];
  const cached = await runSmall(planOf({ search: on.search }));
  const plain = await runSmall(planOf({ search: off.search, cache: false }));
  const bare = (events: readonly StoredEvent[]) =>
    events.map(({ type, trial, body }) => {
      const { reused: _, cache: __, ...rest } = body as { reused?: number; cache?: true };
      return { type, trial, rest };
    });
  expect(bare(cached.events)).toEqual(bare(plain.events));
  expect(reusedOf(cached.events)).toBeGreaterThan(10);
  expect(off.cases() - on.cases()).toBe(reusedOf(cached.events));
  expect(reusedOf(plain.events)).toBe(0);
});

test('the budget of evaluations counts what was measured, the arms what they asked for', async () => {
  const trials = 60;
  const { state } = (await runSmall(planOf({ budget: { trials } }))).study;
  expect(state.reused).toBeGreaterThan(0);
  const budget = { evals: totalEvals(state) };
  const plain = await runSmall(planOf({ budget, cache: false }));
  expect(plain.study.state.committed).toBeLessThanOrEqual(trials);
  const cached = await runSmall(planOf({ budget }));
  expect(cached.study.state.committed).toBeGreaterThan(trials);
});

test('1, 2 and 7 workers write the same study', { timeout: 20_000 }, async () => {
  const runs = [1, 2, 7].map((workers) => runSmall(planOf({ search: jitteryQueue(workers) })));
  const digests = (await Promise.all(runs)).map(({ logical }) => logical);
  expect(new Set(digests)).toEqual(new Set([WHOLE.logical]));
});

test('cut anywhere and resumed, it is the same study', { timeout: 20_000 }, async () => {
  for (let cut = 1; cut < WHOLE.events.length; cut += 7 * STEP) {
    const { logical } = await continueFrom(planOf(), WHOLE.events.slice(0, cut));
    expect(logical, `cut after entry ${cut}`).toBe(WHOLE.logical);
  }
});

test('an evaluator that does not repeat itself is measured every time', async () => {
  const evaluator = seededEvaluator();
  let calls = 0;
  const moody: Evaluator = {
    ...evaluator,
    async measure(requests, signal) {
      calls += 1;
      const measured = await evaluator.measure(requests, signal);
      return measured.map(({ cases, cpuMs }) => ({
        cpuMs,
        cases: cases.map((one) =>
          one.outcome === 'scored' ? { ...one, value: one.value + calls / 1e6 } : one,
        ),
      }));
    },
  };
  const plan = { ...planOf({ search: inlineQueue(moody) }), checkParity: false };
  const { events, study } = await runSmall(plan);
  expect(study.state.deterministic).toBe(false);
  expect(reusedOf(events)).toBe(0);
});

test('a planted wrong value reaches screens, never a pair', async () => {
  const plan = planOf();
  const ledger = await memoryStore({ clock: plan.clock }).open('planted', 'write');
  const study = await openStudy({ plan, ledger, reporters: [] });
  const planted = new Map(
    Array.from({ length: TRIALS }, (_, trial) => [
      sha256(textOf(trial)),
      Array.from({ length: 20 }, () => ({ trial: -1, value: 50 })),
    ]),
  );
  study.state.known = { epoch: 0, values: planted };
  await runLoop(study);
  const events: StoredEvent[] = [];
  for await (const page of ledger.read(0)) events.push(...page);
  expect(settledIn(events)[0]?.body.values[0]).toBe(50);
  const pairs = events.flatMap((event) =>
    event.type === 'measurement.recorded' && event.body.againstValues ? [event.body] : [],
  );
  expect(pairs.some(({ purpose }) => purpose === 'confirm')).toBe(true);
  const texts = new Map([
    [plan.origin.id, plan.origin.text],
    ...Array.from({ length: TRIALS }, (_, i) => [sha256(textOf(i)), textOf(i)] as const),
  ]);
  const truth = seededEvaluator();
  for (const { candidate, against, cases, values, againstValues } of pairs) {
    for (const [id, recorded] of [
      [candidate, values],
      [against ?? '', againstValues],
    ] as const) {
      const request = { candidate: { id, text: texts.get(id) ?? '' }, cases };
      const [measured] = await truth.measure([request], new AbortController().signal);
      expect(measured?.cases.map((one) => 'value' in one && one.value)).toEqual(recorded);
    }
  }
});

test('verify derives every reuse again', async () => {
  expect((await verifyRows(ROWS)).findings).toEqual([]);
});

const FAULTS: readonly (readonly [string, (body: Editable<'trial.settled'>) => void])[] = [
  ['one too many', (body) => (body.reused = (body.reused ?? 0) + 1)],
  ['one too few', (body) => (body.reused = (body.reused ?? 0) - 1)],
  [
    'another value',
    (body) => (body.values = [(body.values[0] ?? 0) - 1e-9, ...body.values.slice(1)]),
  ],
  ['more than it was charged for', (body) => (body.evals = 0)],
];

test.each(FAULTS)('planted: %s', async (_, edit) => {
  const row = ROWS.find((one) => one.type === 'trial.settled' && JSON.parse(one.body).reused > 0);
  if (row === undefined) throw new Error('nothing was reused');
  const { findings } = await verifyRows(edited(ROWS, row, edit));
  expect(findings.map(({ seq }) => seq)).toContain(row.seq);
});

test('the report says how much was reused, where a study asked for it', async () => {
  const { book } = await factsFrom(WHOLE.events);
  expect(book.get('evals.reused')?.value).toBe(reusedOf(WHOLE.events));
  const plain = await runSmall(planOf({ cache: false }));
  expect((await factsFrom(plain.events)).book.get('evals.reused')).toBeUndefined();
});

test('asked for where the evaluator is declared not to repeat itself, it is refused', () => {
  const metrics = [{ name: 'score', goal: 'max', unit: 'points' }];
  const config = (deterministic: boolean) => ({
    name: 'cached',
    kind: 'code',
    surface: { edit: ['main.py'] },
    evaluator: { command: 'judge', class: 'split', metrics, deterministic, cache: true },
    proposers: [{ use: 'scripted', folder: 'candidates' }],
    budget: { trials: 1 },
  });
  expect(configSchema.safeParse(config(true)).success).toBe(true);
  const refused = configSchema.safeParse(config(false)).error?.issues;
  expect(refused?.map(({ path }) => path.join('.'))).toEqual(['evaluator.cache']);
});

test('a limit on evaluations that a person set counts what was measured, not what was reused', async () => {
  const evals = 460;
  const plan = { ...planOf(), clock: runningClock() };
  const limit = { kind: 'budget', value: { evals } } as const;
  const run = await runSteered({ plan, say: [{ id: 'less', said: limit }] });
  expect(run.refused).toEqual({});
  const { state } = run.study;
  expect(state.closed).toMatchObject({ reason: 'budget', stoppedBy: 'evals' });
  // Charged above the limit, measured at it.
  expect(totalEvals(state)).toBeGreaterThan(evals + 15);
  const ledger = await memoryStore({ clock: plan.clock }).open('reused', 'write');
  ledger.append(run.events.map(draftOf));
  await ledger.flush();
  expect((await verifyRows(await allRows(ledger))).findings).toEqual([]);
});

test('a limit below what was charged and above what was measured can be set', async () => {
  const plan = { ...planOf(), clock: runningClock() };
  const isLate = (state: StudyState): boolean => state.committed >= 100;
  let limit = 0;
  const said = (state: StudyState): Steering => {
    limit = Math.ceil((measuredEvals(state) + totalEvals(state)) / 2);
    return { kind: 'budget', value: { evals: limit } };
  };
  const run = await runSteered({ plan, say: [{ id: 'less', when: isLate, said }] });
  expect(run.refused).toEqual({});
  expect(run.taken).toEqual(['less']);
  const ledger = await memoryStore({ clock: plan.clock }).open('reused', 'write');
  ledger.append(run.events.map(draftOf));
  await ledger.flush();
  expect((await verifyRows(await allRows(ledger))).findings).toEqual([]);
});
