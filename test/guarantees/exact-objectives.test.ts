import { describe, expect, test } from 'vitest';
import { exactRule, ruleHash } from '../../src/claims/rule.ts';
import type { EventRow } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import type { CaseResult, Evaluator } from '../../src/evaluators/contract.ts';
import { laneOf } from '../../src/loop/lanes.ts';
import { runLoop } from '../../src/loop/loop.ts';
import type { Plan } from '../../src/loop/plan.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import {
  allRows,
  bodyOf,
  edited,
  planOf,
  rechained,
  verifyRows,
} from './fixtures/verified-study.ts';

const TOLERANCE = 0.1;

type Answer = (text: string, call: number) => CaseResult;

const scored = (value: number): CaseResult => ({ outcome: 'scored', value });
const effectIn = (text: string): number => JSON.parse(text).effect as number;
const idIn = (text: string): number => JSON.parse(text).id as number;

/** Higher is better; the same on every seed. */
function evaluator(answer: Answer): Evaluator {
  let call = 0;
  return {
    traits: { place: 'calling-thread', deterministic: true, isolation: 'none: numbers' },
    measure: (requests) =>
      requests.map(({ candidate, cases }) => ({
        cases: cases.map(() => answer(candidate.text, call++)),
        cpuMs: 0,
      })),
    close() {},
  };
}

const honest: Answer = (text) => scored(effectIn(text));

interface Exact {
  readonly effects?: Readonly<Record<number, number>>;
  readonly evaluator?: Answer;
  readonly verifier?: Answer;
}

function exactPlan({ effects = {}, ...answers }: Exact): Plan {
  const judge = evaluator(answers.evaluator ?? honest);
  const rule = exactRule({ tolerance: TOLERANCE, verifier: sha256('verifier') });
  const plan = planOf({ evaluator: judge, effectOf: (trial) => effects[trial] ?? -1 });
  const opened = { ...plan.opened, rule: { ...rule }, ruleHash: ruleHash(rule) };
  const verifier = evaluator(answers.verifier ?? honest);
  return { ...plan, opened, rule, judge, verifier, search: inlineQueue(judge) };
}

async function run(plan: Plan): Promise<readonly EventRow[]> {
  const ledger = await memoryStore({ clock: plan.clock }).open('exact', 'write');
  await runLoop(await openStudy({ plan, ledger, reporters: [] }));
  const rows = await allRows(ledger);
  const report = await verifyRows(rows);
  expect(report.findings).toEqual([]);
  return rows;
}

const ofTrial = (rows: readonly EventRow[], trial: number, type: string): EventRow | undefined =>
  rows.find((row) => row.trial === trial && row.type === type);

function verdictOn(rows: readonly EventRow[], trial: number) {
  const row = ofTrial(rows, trial, 'trial.confirmed');
  return row && bodyOf('trial.confirmed', row);
}

/** Trials of the main arm, by the schedule of the plan. */
const { cycle, lanes } = exactPlan({}).opened;
const MINE = Array.from({ length: 60 }, (_, trial) => trial).filter(
  (trial) => lanes[laneOf(cycle, trial)]?.arm === 'main',
);
const [FIRST = 0, SECOND = 0, THIRD = 0] = MINE.slice(3);

/** An incumbent worth 0.3, then a challenger of which the verifier says `verified`. */
function challenged(verified: Answer, claimed = 0.45): Exact {
  return {
    effects: { [FIRST]: 0.3, [SECOND]: claimed },
    verifier: (text, call) => (idIn(text) === SECOND ? verified(text, call) : honest(text, call)),
  };
}

describe('an exact objective', () => {
  test('accepts what the verifier scores better, without level, interval or error budget', async () => {
    const rows = await run(exactPlan({ effects: { [FIRST]: 0.3, [THIRD]: 0.5 } }));
    const first = verdictOn(rows, FIRST);
    expect(first).toMatchObject({ verdict: 'accepted', effect: 0.3, n: 1 });
    for (const absent of ['alpha', 'index', 'logE', 'why'])
      expect(first).not.toHaveProperty(absent);
    const row = ofTrial(rows, THIRD, 'candidate.promoted');
    const promoted = row && bodyOf('candidate.promoted', row);
    expect(promoted).toMatchObject({ gain: 0.2, tolerance: TOLERANCE, n: 1, notes: [] });
    expect(promoted).not.toHaveProperty('interval');
    expect(promoted).not.toHaveProperty('level');
  });

  test('compares with origin and control in exact arithmetic', async () => {
    const rows = await run(exactPlan({ effects: { [FIRST]: 0.3 } }));
    const compared = rows
      .filter(({ type }) => type === 'arm.compared')
      .map((row) => bodyOf('arm.compared', row));
    expect(compared[0]).toMatchObject({ arm: 'origin', effect: 0.3, n: 1, verdict: 'ahead' });
    expect(compared[0]?.words).toBe(
      'the incumbent is better than the untouched origin by 0.3 points (exact, by the verifier)',
    );
    expect(compared).toHaveLength(2);
    for (const one of compared) expect(one).not.toHaveProperty('interval');
  });

  test('its numbers have the digits that matter, and words of three digits are known to verify too', async () => {
    const rows = await run(exactPlan({ effects: { [FIRST]: 0.3000123 } }));
    const compared = rows.find(({ type }) => type === 'arm.compared');
    if (compared === undefined) throw new Error('nothing compared');
    const { words } = bodyOf('arm.compared', compared);
    expect(words).toMatch(/by 0\.3000123 points/);
    for (const [text, findings] of [
      ['0.3', 0],
      ['0.31', 1],
    ] as const) {
      const old = edited<'arm.compared'>(rows, compared, (body) => {
        body.words = words.replace('0.3000123', text);
      });
      expect((await verifyRows(old)).findings).toHaveLength(findings);
    }
  });

  test('a wrong verifier value: the disagreement is named and nothing is accepted', async () => {
    const rows = await run(exactPlan(challenged(() => scored(9))));
    expect(verdictOn(rows, SECOND)).toMatchObject({
      verdict: 'unconfirmed',
      why: 'evaluator and verifier disagree on the candidate: 0.45 against 9',
    });
    expect(ofTrial(rows, SECOND, 'candidate.promoted')).toBeUndefined();
  });

  test('an evaluator that flatters itself past the tolerance is named', async () => {
    const rows = await run(exactPlan(challenged(() => scored(0.42), 2.5)));
    expect(verdictOn(rows, SECOND)).toMatchObject({
      verdict: 'unconfirmed',
      effect: 0.12,
      why: 'evaluator and verifier disagree on the candidate: 2.5 against 0.42',
    });
  });

  test('a gain equal to the tolerance is none, although binary subtraction says more', async () => {
    expect(0.4 - 0.3).toBeGreaterThan(TOLERANCE);
    const rows = await run(exactPlan(challenged(() => scored(0.4))));
    expect(verdictOn(rows, SECOND)).toMatchObject({ verdict: 'unconfirmed', effect: 0.1 });
    expect(verdictOn(rows, SECOND)?.why).toMatch(/^not better by more than the tolerance/);
    const next = await run(exactPlan(challenged(() => scored(0.4000000000000001))));
    expect(verdictOn(next, SECOND)).toMatchObject({ verdict: 'accepted' });
  });

  test('steps within the tolerance never add up: each is measured against the incumbent', async () => {
    const effects = Object.fromEntries(MINE.map((trial, i) => [trial, 0.09 + 0.0001 * i]));
    const rows = await run(exactPlan({ effects }));
    expect(rows.filter(({ type }) => type === 'trial.confirmed')).toEqual([]);
  });

  test.each<readonly [string, CaseResult]>([
    ['says NaN', { outcome: 'invalid', message: 'The metric "value" is "NaN"' }],
    ['crashes', { outcome: 'crashed', message: 'Ended with exit code 1.' }],
    ['hangs', { outcome: 'timeout', message: 'Still running after 1000 ms' }],
  ])('a verifier that %s leaves the question open, and says so', async (_, result) => {
    const rows = await run(exactPlan(challenged(() => result)));
    const body = verdictOn(rows, SECOND);
    expect(body).toMatchObject({
      verdict: 'unconfirmed',
      why: 'inconclusive: the verifier gave no value for the candidate',
    });
    expect(body).not.toHaveProperty('effect');
  });

  test('what the machine spoiled is verified again', async () => {
    let spoiled = 0;
    const flaky: Answer = (text) =>
      ++spoiled <= 2 ? { outcome: 'infra-error', message: 'EAGAIN' } : honest(text, 0);
    const rows = await run(exactPlan(challenged(flaky)));
    expect(verdictOn(rows, SECOND)).toMatchObject({ verdict: 'accepted', effect: 0.15 });
    expect(spoiled).toBeGreaterThanOrEqual(3);
  });

  test('a verifier that dies on both sides stops the study, which can be resumed', async () => {
    let dead = false;
    const verifier: Answer = (text) => {
      dead ||= idIn(text) === SECOND;
      return dead ? { outcome: 'crashed', message: 'gone' } : honest(text, 0);
    };
    const effects = { [FIRST]: 0.3, [SECOND]: 0.5 };
    await expect(run(exactPlan({ effects, verifier }))).rejects.toMatchObject({
      code: 'EVALUATOR_FAILED',
    });
  });
});

describe('before anything is spent', () => {
  test.each<readonly [string, Exact, string]>([
    [
      'a value that depends on the run',
      { evaluator: (_, call) => scored(call) },
      'EVALUATOR_FAILED',
    ],
    ['a verifier that disagrees on the origin', { verifier: () => scored(5) }, 'PARITY_BROKEN'],
    [
      'a verifier without a value for the origin',
      { verifier: () => ({ outcome: 'crashed', message: 'no such file' }) },
      'ORIGIN_FAILED',
    ],
  ])('%s is refused', async (_, options, code) => {
    await expect(run(exactPlan(options))).rejects.toMatchObject({ code });
  });
});

describe('verify', async () => {
  const rows = await run(exactPlan({ effects: { [FIRST]: 0.3, [SECOND]: 0.5 } }));
  const at = (trial: number, type: string): EventRow =>
    ofTrial(rows, trial, type) ?? expect.fail(`no ${type} of trial ${trial}`);
  const confirmed = at(SECOND, 'trial.confirmed');
  const promoted = at(SECOND, 'candidate.promoted');
  const measured = at(SECOND, 'measurement.recorded');
  const compared = rows.find(({ type }) => type === 'arm.compared') ?? confirmed;
  const floor = rows.find(({ type }) => type === 'noise.measured') ?? confirmed;

  const isControl = (row: EventRow) => bodyOf('measurement.recorded', row).purpose === 'control';
  const identical = (row: EventRow) => {
    const words = 'the incumbent is the untouched origin';
    return JSON.stringify({
      ...bodyOf('arm.compared', row),
      effect: 0,
      n: 0,
      verdict: 'identical',
      words,
    });
  };
  const planted: readonly (readonly [string, readonly EventRow[], RegExp])[] = [
    [
      'a refusal turned into an acceptance',
      edited<'measurement.recorded'>(rows, measured, (body) => {
        body.values = [0.4];
        body.claimed = [0.4];
      }),
      /Recorded as accepted; .* not better by more than the tolerance/,
    ],
    [
      'an acceptance without the evaluator',
      edited<'measurement.recorded'>(rows, measured, (body) => {
        delete body.claimed;
      }),
      /not equally many/,
    ],
    [
      'a level that no test had',
      edited<'trial.confirmed'>(rows, confirmed, (body) => {
        body.alpha = 0.05;
      }),
      /no level, evidence or interval/,
    ],
    [
      'another tolerance',
      edited<'trial.confirmed'>(rows, confirmed, (body) => {
        body.spec = { method: 'exact', tolerance: 0 };
      }),
      /exact with tolerance 0.1/,
    ],
    [
      'a gain made larger',
      edited<'candidate.promoted'>(rows, promoted, (body) => {
        body.gain = 0.3;
      }),
      /give a gain of 0.2/,
    ],
    [
      'an interval that nobody measured',
      edited<'candidate.promoted'>(rows, promoted, (body) => {
        body.interval = [0.1, 0.3];
      }),
      /no level, evidence or interval/,
    ],
    [
      'a comparison that flatters',
      edited<'arm.compared'>(rows, compared, (body) => {
        body.effect = 0.9;
      }),
      /verifier's values give 0.5/,
    ],
    [
      'a comparison that was never measured, as if both sides were one',
      rechained(
        rows
          .filter((row) => row.type !== 'measurement.recorded' || !isControl(row))
          .map((row) => (row === compared ? { ...row, body: identical(row) } : row)),
      ),
      /A comparison takes 1 pairs; 0 are recorded/,
    ],
    [
      'an origin on which the two did not agree',
      edited<'noise.measured'>(rows, floor, (body) => {
        body.verified = 5;
      }),
      /do not agree on the origin/,
    ],
  ];
  test.each(planted)('finds %s', async (_, altered, says) => {
    const report = await verifyRows(altered);
    expect(report.findings.map(({ detail }) => detail).join('\n')).toMatch(says);
  });
});
