import { expect, test } from 'vitest';
import type { StageRule } from '../../src/claims/stages.ts';
import type { EventRow, StoredEvent } from '../../src/core/events.ts';
import type { Evaluator } from '../../src/evaluators/contract.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { factsFrom } from '../../src/testing/sample-report.ts';
import {
  type SmallStudyOptions,
  seededEvaluator,
  smallPlan,
} from '../../src/testing/small-study.ts';
import { isThorough, STEP } from '../thorough.ts';
import { jitteryQueue } from './fixtures/jittery-queue.ts';
import { continueFrom, runSmall, settledIn } from './fixtures/small-run.ts';
import { type Editable, edited, rowsOfPlan, verifyRows } from './fixtures/verified-study.ts';

const STAGES: readonly StageRule[] = [
  { name: 'smoke', metric: 'score', goal: 'max', threshold: -1, cases: 1 },
  { name: 'short', metric: 'score', goal: 'max', threshold: -0.5, cases: 2 },
];
const TRIALS = 200;

/** The origin has to pass: its cases are those of seed 2. */
const planOf = (more: Partial<SmallStudyOptions> = {}) =>
  smallPlan({
    clock: manualClock(),
    seed: '2',
    budget: { trials: TRIALS },
    stages: STAGES,
    ...more,
  });

const WHOLE = await runSmall(planOf());
const SETTLED = settledIn(WHOLE.events);
const ROWS = await rowsOfPlan(planOf());

test('a stopped trial is discarded, unscreened and unadmitted, and says where it was stopped', () => {
  const stopped = SETTLED.filter(({ body }) => body.stoppedAt !== undefined);
  expect(new Set(stopped.map(({ body }) => body.stoppedAt))).toEqual(new Set(['smoke', 'short']));
  for (const { body } of stopped) {
    expect(body).toMatchObject({ end: 'discarded', values: [], admitted: false });
    expect(body.stages?.at(-1)?.name).toBe(body.stoppedAt);
  }
  expect(WHOLE.study.state.stopped).toBe(stopped.length);
});

test('some trials below a threshold go on all the same, to their screen', () => {
  const checked = SETTLED.filter(({ body }) => body.spotChecked !== undefined);
  expect(checked.length).toBeGreaterThan(1);
  for (const { body } of checked) {
    expect(body.stoppedAt).toBeUndefined();
    expect(body.values.length).toBeGreaterThan(0);
  }
});

const WORKERS = isThorough ? [1, 2, 7] : [7];

test(`${WORKERS.join(', ')} workers write the same study`, { timeout: 20_000 }, async () => {
  const runs = WORKERS.map((workers) => runSmall(planOf({ search: jitteryQueue(workers) })));
  const digests = (await Promise.all(runs)).map(({ logical }) => logical);
  expect(new Set(digests)).toEqual(new Set([WHOLE.logical]));
});

test('cut anywhere and resumed, it is the same study', { timeout: 20_000 }, async () => {
  const short = { budget: { trials: 60 } };
  const whole = await runSmall(planOf(short));
  expect(whole.study.state.stopped).toBeGreaterThan(3);
  for (let cut = 1; cut < whole.events.length; cut += 5 * STEP) {
    const { logical } = await continueFrom(planOf(short), whole.events.slice(0, cut));
    expect(logical, `cut after entry ${cut}`).toBe(whole.logical);
  }
});

test('other thresholds are another rule and another study', async () => {
  const [first, ...rest] = STAGES;
  const stages = [{ ...(first as StageRule), threshold: -3 }, ...rest];
  const other = await runSmall(planOf({ stages }));
  const ruleOf = (events: readonly StoredEvent[]) =>
    events[0]?.type === 'study.opened' ? events[0].body.ruleHash : undefined;
  expect(ruleOf(other.events)).not.toBe(ruleOf(WHOLE.events));
  expect(other.logical).not.toBe(WHOLE.logical);
});

test('verify derives every stop again', async () => {
  expect((await verifyRows(ROWS)).findings).toEqual([]);
});

const rowWhere = (is: (body: Editable<'trial.settled'>) => boolean): EventRow => {
  const row = ROWS.find((one) => one.type === 'trial.settled' && is(JSON.parse(one.body)));
  if (row === undefined) throw new Error('no such trial');
  return row;
};
const stoppedRow = rowWhere(({ stoppedAt }) => stoppedAt === 'short');
const passedRow = rowWhere(
  ({ stages, stoppedAt, spotChecked, end }) =>
    stages?.length === 2 && (stoppedAt ?? spotChecked) === undefined && end === 'discarded',
);
const checkedRow = rowWhere(
  ({ spotChecked, end }) => spotChecked !== undefined && end === 'discarded',
);

const FAULTS: readonly {
  readonly says: RegExp;
  readonly row: EventRow;
  readonly edit: (body: Editable<'trial.settled'>) => void;
}[] = [
  {
    says: /Recorded below no stage; its values are below short/,
    row: stoppedRow,
    edit: (body) => {
      delete body.stoppedAt;
    },
  },
  {
    says: /Recorded below smoke; its values are below no stage/,
    row: passedRow,
    edit: (body) => {
      body.stoppedAt = 'smoke';
    },
  },
  {
    says: /By its draw the trial ends below short; recorded otherwise/,
    row: stoppedRow,
    edit: (body) => {
      body.spotChecked = body.stoppedAt;
      delete body.stoppedAt;
    },
  },
  {
    says: /By its draw the trial goes on all the same/,
    row: checkedRow,
    edit: (body) => {
      body.stoppedAt = body.spotChecked;
      delete body.spotChecked;
      body.values = [];
    },
  },
  {
    says: /Was not measured at the stage smoke/,
    row: passedRow,
    edit: (body) => {
      delete body.stages;
    },
  },
  {
    says: /are not those of the rule/,
    row: passedRow,
    edit: (body) => {
      body.stages = body.stages?.map((stage) => ({ ...stage, name: 'other' }));
    },
  },
  {
    says: /Counts as scored, but the stage short has no score/,
    row: passedRow,
    edit: (body) => {
      body.stages = body.stages?.map((stage, i) =>
        i === 1 ? { ...stage, values: [null, 1] } : stage,
      );
    },
  },
  {
    says: /Screened although a stage had ended the trial/,
    row: stoppedRow,
    edit: (body) => {
      body.values = [-9];
    },
  },
];

test.each(FAULTS)('verify finds: $says', async ({ row, edit, says }) => {
  const { findings } = await verifyRows(edited<'trial.settled'>(ROWS, row, edit));
  const there = findings.filter(({ seq }) => seq === row.seq).map(({ detail }) => detail);
  expect(there.join('\n')).toMatch(says);
});

test('verify finds an origin that never passed', async () => {
  const row = ROWS.find(({ type }) => type === 'noise.measured') as EventRow;
  const rows = edited<'noise.measured'>(ROWS, row, (body) => {
    body.stages = body.stages?.slice(1);
  });
  expect((await verifyRows(rows)).findings[0]?.detail).toMatch(/origin did not pass the stages/);
});

/** Scores by chance: its threshold knows nothing of the candidates. */
function blindStage(): Evaluator {
  const inner = seededEvaluator();
  return {
    ...inner,
    measure: (requests, signal) =>
      inner.measure(
        requests.map(({ candidate, cases }) => ({
          candidate: { id: candidate.id, text: '{"trial":0,"effect":0}' },
          cases,
        })),
        signal,
      ),
  };
}

test('the judge has no stages: no pair is measured on a case a stage saw, or by its evaluator', async () => {
  const staged = new Set<number>();
  const judged = new Set<number>();
  const spying = (evaluator: Evaluator, seen: Set<number>): Evaluator => ({
    ...evaluator,
    measure(requests, signal) {
      for (const { cases } of requests) for (const seed of cases) seen.add(seed);
      return evaluator.measure(requests, signal);
    },
  });
  const plan = planOf({ judge: spying(seededEvaluator(), judged) });
  const queue = inlineQueue(spying(blindStage(), staged));
  const stages = STAGES.map((rule) => ({ rule: { ...rule, threshold: -2 }, queue }));
  const { events } = await runSmall({ ...plan, stages });
  const pairs = events.flatMap((event) =>
    event.type === 'measurement.recorded' && event.body.purpose !== 'baseline'
      ? event.body.cases
      : [],
  );
  expect(pairs.length).toBeGreaterThan(20);
  expect(pairs.every((seed) => judged.has(seed) && !staged.has(seed))).toBe(true);
});

test('a candidate that fails at a stage has its own typed end, never a score', async () => {
  const failing: Evaluator = {
    ...seededEvaluator(),
    measure: (requests, signal) => {
      const inner = seededEvaluator().measure(requests, signal);
      return Promise.resolve(inner).then((all) =>
        all.map((one, i) =>
          requests[i]?.candidate.id.endsWith('0')
            ? { ...one, cases: one.cases.map(() => ({ outcome: 'crashed', message: 'boom' })) }
            : one,
        ),
      ) as ReturnType<Evaluator['measure']>;
    },
  };
  const plan = planOf();
  const stages = STAGES.map((rule) => ({ rule, queue: inlineQueue(failing) }));
  const { events } = await runSmall({ ...plan, stages });
  const crashed = settledIn(events).filter(({ body }) => body.outcome === 'crashed');
  expect(crashed.length).toBeGreaterThan(3);
  for (const { body } of crashed) {
    expect(body).toMatchObject({ end: 'crashed', values: [], message: 'Stage smoke: boom' });
    expect(body.stages).toEqual([{ name: 'smoke', values: [null] }]);
    expect(body.stoppedAt).toBeUndefined();
  }
});

test.each([
  ['would stop the origin itself', { threshold: 100 }, { code: 'ORIGIN_FAILED' }],
] as const)('an origin that cannot pass is refused: %s', async (says, change, error) => {
  const stages = STAGES.map((stage) => ({ ...stage, ...change }));
  const run = runSmall(planOf({ stages }));
  await expect(run).rejects.toMatchObject({ ...error, message: expect.stringContaining(says) });
});

test('a stage with more cases than one that ignores its seed is refused', async () => {
  const constant: Evaluator = {
    ...seededEvaluator(),
    measure: (requests) =>
      requests.map(({ cases }) => ({
        cases: cases.map(() => ({ outcome: 'scored', value: 1 }) as const),
        cpuMs: 0,
      })),
  };
  const stages = STAGES.map((rule) => ({ rule, queue: inlineQueue(constant) }));
  await expect(runSmall({ ...planOf(), stages })).rejects.toMatchObject({
    code: 'EVALUATOR_IGNORES_SEED',
    message: expect.stringContaining('Set its cases to 1'),
  });
});

test('the report counts what each stage stopped and says what its threshold lost', async () => {
  const { book } = await factsFrom(WHOLE.events);
  const of = (is: (body: StoredEvent<'trial.settled'>['body']) => boolean): number =>
    SETTLED.filter(({ body }) => is(body)).length;
  expect(book.get('stage.0.name')?.value).toBe('smoke');
  expect(book.get('stage.0.reached')?.value).toBe(of(({ stages }) => (stages?.length ?? 0) > 0));
  expect(book.get('stage.0.stopped')?.value).toBe(of(({ stoppedAt }) => stoppedAt === 'smoke'));
  const checked = of(({ spotChecked }) => spotChecked === 'smoke');
  const promising = of(({ spotChecked, end }) => spotChecked === 'smoke' && end === null);
  expect(book.get('stage.0.checked')?.value).toBe(checked);
  expect(book.get('stage.0.lost')?.value).toBe(promising / checked);
});
