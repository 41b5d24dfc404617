/** Where the machine drifts, a candidate is screened beside the incumbent and beside nothing else. */
import { expect, test } from 'vitest';
import type { EventBody } from '../../src/core/events.ts';
import { publicRoot } from '../../src/core/rng.ts';
import type { Evaluator } from '../../src/evaluators/contract.ts';
import { simulatedEvaluator } from '../../src/evaluators/simulated.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
import { STEP } from '../thorough.ts';
import { continueFrom, runSmall } from './fixtures/small-run.ts';
import {
  edited,
  planOf,
  rowsOf,
  type StudyOptions,
  verifyRows,
} from './fixtures/verified-study.ts';

const machine = (): Evaluator =>
  simulatedEvaluator({ noise: 'timing', rng: publicRoot('paired').stream(0, 'machine') });
const OPTIONS: StudyOptions = {
  effectOf: (trial) => [0, 0.5, -1, 3][trial % 4] ?? 0,
};
const ROWS = await rowsOf({ ...OPTIONS, screen: 'paired', evaluator: machine() });
const settled = ROWS.filter(({ type }) => type === 'trial.settled');
const bodyOf = (row: (typeof ROWS)[number]) => JSON.parse(row.body) as EventBody['trial.settled'];

test('every value of every screen has one of the incumbent beside it, both are charged', async () => {
  const incumbents = new Set(settled.map((row) => bodyOf(row).against));
  for (const row of settled) {
    const { values, againstValues, evals, end } = bodyOf(row);
    if (end === 'duplicate') continue;
    expect(againstValues).toHaveLength(values.length);
    expect(evals).toBe(2 * values.length);
  }
  expect(incumbents.size, 'promotions moved the incumbent').toBeGreaterThan(1);
  expect((await verifyRows(ROWS)).findings).toEqual([]);
});

test('no reference is kept: it would be stale', () => {
  expect(ROWS.filter((row) => row.body.includes('"purpose":"baseline"'))).toEqual([]);
});

const first = settled.find((row) => (row.trial ?? 0) > 0 && bodyOf(row).end === 'discarded');
if (first === undefined) throw new Error('the study has no discarded trial');

test.each<[string, RegExp, (body: EditableSettled) => void]>([
  [
    'an incumbent that scored worse than it did',
    /its screen gives promising/,
    (body) => {
      body.values = [0, 0, 0, 0, 0, 0];
      body.againstValues = [-9, -9, -9, -9, -9, -9];
    },
  ],
  [
    'the incumbent half left out',
    /values of one side are missing/,
    (body) => {
      delete body.against;
      delete body.againstValues;
    },
  ],
  [
    'another incumbent',
    /not beside the incumbent/,
    (body) => {
      body.against = body.candidate;
    },
  ],
  [
    'asked while another trial was measured',
    /while another was measured/,
    (body) => {
      body.horizon -= 1;
    },
  ],
])('planted fault: %s', async (_name, says, change) => {
  const report = await verifyRows(edited<'trial.settled'>(ROWS, first, change));
  expect(report.findings[0]?.detail).toMatch(says);
});
type EditableSettled = Parameters<Parameters<typeof edited<'trial.settled'>>[2]>[0];

test('planted fault: pairs in a study that screens against its reference', async () => {
  const rows = await rowsOf();
  const row = rows.find(({ type }) => type === 'trial.settled');
  if (row === undefined) throw new Error('no trial');
  const changed = edited<'trial.settled'>(rows, row, (body) => {
    body.againstValues = [...body.values];
    body.against = body.candidate;
  });
  expect((await verifyRows(changed)).findings[0]?.detail).toMatch(/No paired screen was due/);
});

test(`cut after every ${STEP === 1 ? '' : `${STEP}th `}entry and resumed, a paired study ends as if nothing had happened`, async () => {
  const plan = () => smallPlan({ clock: manualClock(), screen: 'paired', budget: { trials: 30 } });
  const whole = await runSmall(plan());
  for (let cut = 1; cut < whole.events.length; cut += STEP) {
    const resumed = await continueFrom(plan(), whole.events.slice(0, cut));
    expect(resumed.logical, `cut after entry ${cut}`).toBe(whole.logical);
  }
});

/** Counts how many measurements are under way at once: what a drifting machine would feel. */
function crowdMeter(inner: Evaluator) {
  const seen = { now: 0, most: 0 };
  const measure: Evaluator['measure'] = async (requests, signal) => {
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    await new Promise((resolve) => setImmediate(resolve));
    seen.now -= 1;
    return inner.measure(requests, signal);
  };
  return { seen, evaluator: { ...inner, measure } };
}

test.each(['paired', undefined] as const)('under way at once with screen: %s', async (screen) => {
  const { seen, evaluator } = crowdMeter(machine());
  const search = { ...evaluator, traits: { workers: 8 } };
  const plan = planOf({ ...OPTIONS, evaluator, ...(screen ? { screen } : {}) });
  await runSmall({ ...plan, search });
  if (screen === 'paired') expect(seen.most).toBe(1);
  else expect(seen.most).toBeGreaterThan(1);
});

/** Scores all but the origin, which fails on the first `failures` training cases of the second epoch. */
function failing(failures: number): Evaluator {
  const isLost = new Set(
    Array.from({ length: failures }, (_, i) => publicRoot('verified').stream(1, 'train', i).u32()),
  );
  return {
    traits: { place: 'calling-thread', deterministic: true, isolation: 'none: numbers' },
    measure: (requests) =>
      requests.map(({ candidate: { text }, cases }) => ({
        cases: cases.map((seed) => {
          const { id, effect } = JSON.parse(text) as { id: number; effect: number };
          if (id === -1 && isLost.has(seed))
            return { outcome: 'crashed', message: 'lost' } as const;
          const noise = publicRoot(text).stream(seed, 'noise').normal();
          return { outcome: 'scored', value: effect + noise } as const;
        }),
        cpuMs: 0,
      })),
    close() {},
  };
}

test('an unlucky streak of the incumbent ends no study: on resume it would meet the same cases', async () => {
  const options = { screen: 'paired', effectOf: () => -2 } as const;
  const rows = await rowsOf({ ...options, evaluator: failing(5) });
  expect(rows.at(-1)?.type).toBe('study.closed');
  expect(
    rows.some((row) =>
      bodyOf(row)
        .againstValues?.slice(0, 5)
        .every((one) => one === null),
    ),
  ).toBe(true);
  expect((await verifyRows(rows)).findings).toEqual([]);
  await expect(rowsOf({ ...options, evaluator: failing(100) })).rejects.toThrow(
    /The incumbent has no score on 12 training cases in a row/,
  );
});
