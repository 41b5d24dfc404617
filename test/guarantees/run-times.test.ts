/** Run times: in blocks A B B A, logged before any statistics, with the error rates that were promised. */
import { expect, test } from 'vitest';
import { simulatedPlan } from '../../src/app/null-study/plan.ts';
import type { EventBody, EventRow, StoredEvent } from '../../src/core/events.ts';
import { decodeRow } from '../../src/core/events.ts';
import { publicRoot } from '../../src/core/rng.ts';
import type { Evaluator } from '../../src/evaluators/contract.ts';
import { simulatedEvaluator } from '../../src/evaluators/simulated.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import { collectFacts } from '../../src/reporters/facts.ts';
import { htmlReport } from '../../src/reporters/html.ts';
import { jsonReport, runResult } from '../../src/reporters/json.ts';
import { markdownReport } from '../../src/reporters/markdown.ts';
import { verdictLines } from '../../src/reporters/verdict.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { seededEvaluator, smallPlan } from '../../src/testing/small-study.ts';
import { thorough } from '../thorough.ts';
import { asTimes, promotionsOf, TIME } from './fixtures/as-times.ts';
import { continueFrom, runSmall } from './fixtures/small-run.ts';
import { bodyOf, edited, rowsOf, verifyRows } from './fixtures/verified-study.ts';

const machine = (): Evaluator =>
  asTimes(simulatedEvaluator({ noise: 'timing', rng: publicRoot('times').stream(0, 'machine') }));
const ROWS = await rowsOf({
  effectOf: (trial) => [0, 0.5, -1, 3][trial % 4] ?? 0,
  screen: 'paired',
  metric: TIME,
  evaluator: machine(),
});
const of = (type: string): readonly EventRow[] => ROWS.filter((row) => row.type === type);

type Pairs = Pick<
  EventBody['measurement.recorded'],
  'values' | 'againstValues' | 'runs' | 'againstRuns'
>;

test('a value is the level of two runs, and every run is charged', async () => {
  const geometric = ([a, b]: readonly (number | null)[]): number => Math.sqrt((a ?? 0) * (b ?? 0));
  const check = ({ values, againstValues = [], runs = [], againstRuns = [] }: Pairs): void => {
    const all = [...runs, ...againstRuns];
    expect(all.map(({ length }) => length)).toEqual(all.map(() => 2));
    [...values, ...againstValues].forEach((value, i) => {
      expect(value).toBeCloseTo(geometric(all[i] ?? []), 9);
    });
  };
  for (const row of of('trial.settled')) {
    const body = bodyOf('trial.settled', row);
    check(body);
    if (body.end !== 'duplicate') expect(body.evals).toBe(4 * body.values.length);
  }
  for (const row of of('measurement.recorded')) check(bodyOf('measurement.recorded', row));
  const report = await verifyRows(ROWS);
  expect(report.findings).toEqual([]);
  expect(report.checked.promotions, 'gains were found').toBeGreaterThan(0);
});

type Body = Parameters<Parameters<typeof edited<'measurement.recorded'>>[2]>[0];

test.each<[string, RegExp, (body: Body) => void]>([
  [
    'a value that its runs do not give',
    /The runs of a side give/,
    (body) => {
      body.values = body.values.map((one) => (one ?? 0) / 2);
    },
  ],
  [
    'runs left out',
    /rest on the runs of 0/,
    (body) => {
      delete body.againstRuns;
    },
  ],
  [
    'one run of a side left out',
    /give no value/,
    (body) => {
      body.runs = (body.runs ?? []).map((one) => one.slice(0, 1));
    },
  ],
  [
    'a time of 0',
    /a time of 0/,
    (body) => {
      body.runs = [[0, 1]];
    },
  ],
])('planted fault: %s', async (_name, says, change) => {
  const [row] = of('measurement.recorded');
  if (row === undefined) throw new Error('nothing measured');
  const { findings } = await verifyRows(edited<'measurement.recorded'>(ROWS, row, change));
  expect(findings.map(({ detail }) => detail).join('\n')).toMatch(says);
});

test('planted fault: a screen that is charged half, and a study of times that opened without pairs', async () => {
  const row = of('trial.settled').find((one) => bodyOf('trial.settled', one).values.length > 0);
  const opened = of('study.opened')[0];
  if (!row || !opened) throw new Error('nothing settled');
  const cheap = edited<'trial.settled'>(ROWS, row, (body) => {
    body.evals /= 2;
  });
  expect((await verifyRows(cheap)).findings[0]?.detail).toMatch(/took \d+ evaluations, not/);
  const unpaired = edited<'study.opened'>(ROWS, opened, (body) => {
    body.screen = 'paired-if-needed';
  });
  expect((await verifyRows(unpaired)).findings[0]?.detail).toMatch(/due in pairs/);
});

/** Of the noise floor: values, repeats, and both again by the judge. */
const FLOOR_REQUESTS = 4;

/** Which sides ran, in order: the text of each candidate measured. */
function overheard(inner: Evaluator) {
  const seen: string[] = [];
  const measure: Evaluator['measure'] = (requests, signal) => {
    seen.push(...requests.map(({ candidate }) => candidate.text));
    return inner.measure(requests, signal);
  };
  return { seen, evaluator: { ...inner, measure } };
}

test('blocks run A B B A or B A A B, both of them, and never two at once', async () => {
  const { seen, evaluator } = overheard(machine());
  const plan = simulatedPlan({
    noise: 'timing',
    candidates: 30,
    planted: 0,
    seed: 's',
    clock: manualClock(),
  }).plan;
  const timed = { ...plan, opened: { ...plan.opened, metric: TIME } };
  await runSmall({ ...timed, search: inlineQueue(evaluator), judge: evaluator });
  const [origin] = seen;
  const runs = seen.slice(FLOOR_REQUESTS);
  const shapes = new Set<string>();
  for (let at = 0; at + 4 <= runs.length; at += 4) {
    const block = runs.slice(at, at + 4).map((text) => (text === origin ? 'A' : 'B'));
    shapes.add(block.join(''));
  }
  expect([...shapes].sort()).toEqual(['ABBA', 'BAAB']);
});

test('cut after any entry and resumed, a study of times ends as if nothing had happened', async () => {
  const plan = () => {
    const judge = asTimes(seededEvaluator());
    const base = smallPlan({
      clock: manualClock(),
      screen: 'paired',
      budget: { trials: 8 },
      judge,
      search: inlineQueue(judge),
    });
    return { ...base, opened: { ...base.opened, metric: TIME } };
  };
  const whole = await runSmall(plan());
  for (let cut = 1; cut < whole.events.length; cut++) {
    const resumed = await continueFrom(plan(), whole.events.slice(0, cut));
    expect(resumed.logical, `cut after entry ${cut}`).toBe(whole.logical);
  }
});

const _ALPHA = 0.05;

thorough('a candidate 1.3 times as fast is found among thirty', { timeout: 60_000 }, async () => {
  const studies = 40;
  let found = 0;
  for (let i = 0; i < studies; i++) {
    const { promoted, plantedAt } = await promotionsOf(`planted ${i}`, 2);
    if (promoted.includes(plantedAt)) found += 1;
  }
  expect(found).toBeGreaterThanOrEqual(0.8 * studies);
});

async function* pagesOf(rows: readonly EventRow[]): AsyncGenerator<readonly StoredEvent[]> {
  yield rows.map((row) => decodeRow(row));
}

test('people read levels in milliseconds and gains as how many times as fast', async () => {
  const given = { id: 'times', toSource: (text: string) => text } as Parameters<
    typeof collectFacts
  >[1];
  const facts = await collectFacts(pagesOf(ROWS), given);
  const fast = /\d+(\.\d+)?x as fast \[\d+(\.\d+)?, \d+(\.\d+)?\]/;
  expect(facts.book.get('compared.origin.gain')?.text).toMatch(fast);
  expect(facts.book.get('compared.origin.words')?.text).toMatch(fast);
  expect(verdictLines(facts).join('\n')).toMatch(fast);
  expect(markdownReport(facts)).toMatch(fast);
  expect(htmlReport(facts)).toContain('Right of one is better');
  expect(JSON.stringify(jsonReport(facts))).toContain('x as fast');
  const ours = Number(facts.book.get('compared.origin.ours')?.value);
  const theirs = Number(facts.book.get('compared.origin.theirs')?.value);
  const gain = Number(facts.book.get('compared.origin.gain')?.value);
  expect(theirs / ours, 'the ratio of the levels is the gain').toBeCloseTo(gain, 9);
  const { promotions } = runResult(facts, { exitCode: 0 }) as unknown as {
    readonly promotions: readonly { readonly effect: number; readonly unit: string }[];
  };
  expect(promotions[0]?.effect).toBeGreaterThan(1);
  expect(promotions[0]?.unit).toBe('x as fast');
});
