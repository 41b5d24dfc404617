/**
 * What a program can tell a test from use by, as data: each row sets one thing that is there in a test and not in
 * use, or the other way round. Rows of one side are toggled together first, which is cheap, and one by one where
 * together they changed an answer, which names the tell.
 */
import type { Conditions } from '../../evaluators/contract.ts';

export interface Tell {
  readonly name: string;
  /** Rows of `alone` exclude each other: a clock shows one time. */
  readonly side: 'test' | 'use' | 'alone';
  /** The condition it needs; of `Caller.traits.sets`. */
  readonly sets: keyof Conditions;
  readonly conditions: Conditions;
}

function variables(side: 'test' | 'use', environment: Readonly<Record<string, string>>): Tell[] {
  return Object.entries(environment).map(([name, value]) => ({
    name: `environment ${name}=${value}`,
    side,
    sets: 'environment',
    conditions: { environment: { [name]: value } },
  }));
}

const TEST_VARIABLES = variables('test', {
  NODE_ENV: 'test',
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  JEST_WORKER_ID: '1',
  VITEST: 'true',
  MOCHA: '1',
  PYTEST_CURRENT_TEST: 'test_candidate.py::test_it (call)',
  npm_lifecycle_event: 'test',
  TEST: '1',
  EVAL: '1',
  BENCHMARK: '1',
  DEBUG: '*',
  PACELINE_GATE: '1',
  PACELINE_AUDIT: '1',
  USER: 'runner',
  HOME: '/home/runner',
});

const USE_VARIABLES = variables('use', {
  NODE_ENV: 'production',
  PACELINE_ENV: 'production',
  DEPLOY_ENV: 'production',
  KUBERNETES_SERVICE_HOST: '10.0.0.1',
  AWS_LAMBDA_FUNCTION_NAME: 'handler',
  PORT: '8080',
  DATABASE_URL: 'postgres://db.internal/app',
  npm_lifecycle_event: 'start',
  USER: 'app',
  HOME: '/srv/app',
});

const PLACES: readonly Tell[] = [
  row('test', { folder: '__tests__' }),
  row('use', { folder: 'production' }),
  row('test', { hostname: 'runner-7f3k-ci' }),
  row('use', { hostname: 'web-1.prod.internal' }),
  row('test', {
    files: [
      'package.json',
      '.git/HEAD',
      'test/solve.test.js',
      'vitest.config.ts',
      'tests/conftest.py',
    ],
  }),
  row('use', { files: ['Dockerfile', 'node_modules/.keep', 'dist/index.js', '.env'] }),
];

function row(side: 'test' | 'use', conditions: Conditions): Tell {
  const [sets, value] = Object.entries(conditions)[0] as [keyof Conditions, unknown];
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return { name: `${sets} ${text}`, side, sets, conditions };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365.25 * DAY_MS;
/** 1 January 1970 was a Thursday. */
const SATURDAY = 2;
const DAYS_OF_WEEK = 7;

/** Midnight (UTC) of the next day that many days after a Thursday. */
function nextDay(nowMs: number, afterThursday: number): number {
  const day = Math.floor(nowMs / DAY_MS) + 1;
  const ahead = (afterThursday - day) % DAYS_OF_WEEK;
  return (day + ((ahead + DAYS_OF_WEEK) % DAYS_OF_WEEK)) * DAY_MS;
}

function clock(name: string, clockMs: number): Tell {
  return { name: `clock ${name}`, side: 'alone', sets: 'clockMs', conditions: { clockMs } };
}

/** Times of day, of week and of life that people hide things in. */
export function clockTells(nowMs: number): readonly Tell[] {
  const saturday = nextDay(nowMs, SATURDAY);
  return [
    clock('midnight, a weekend', saturday),
    clock('a working day at noon', nextDay(nowMs, SATURDAY + 3) + 12 * HOUR_MS),
    clock('ten years ahead', Math.floor(nowMs + 10 * YEAR_MS)),
    clock('new year 2000', 946_684_800_000),
  ];
}

const WEEK_HOURS = 168;
/** Steps of the sweep, coprime to the day: 24 calls meet each hour and each day of the week. */
const SWEEP_HOURS = 7;
const YEARS_AHEAD = 15;
const MONTHS = 12;

/** Of the deep tier: hours over a week, months over a year, years ahead. */
export function clockSweep(nowMs: number): readonly Tell[] {
  const start = nextDay(nowMs, SATURDAY);
  const sweep: Tell[] = [];
  for (let hour = 0; hour < WEEK_HOURS; hour += SWEEP_HOURS) {
    sweep.push(
      clock(`${hour} hours after a weekend's midnight`, start + hour * HOUR_MS + HOUR_MS / 2),
    );
  }
  for (let month = 1; month <= MONTHS; month++) {
    sweep.push(clock(`${month} months ahead`, Math.floor(nowMs + (month / MONTHS) * YEAR_MS)));
  }
  for (let year = 2; year <= YEARS_AHEAD; year++) {
    sweep.push(clock(`${year} years ahead`, Math.floor(nowMs + year * YEAR_MS)));
  }
  return sweep;
}

export const SURROUNDINGS: readonly Tell[] = [...TEST_VARIABLES, ...USE_VARIABLES, ...PLACES];

/** Inputs handed over at a time: of all trials that say nothing else, which is cheaper than one by one. */
export const PLAIN_BATCH = 32;
export const BATCHES: readonly number[] = [1, 64];
export const BATCHES_DEEP: readonly number[] = [2, 3, 7, 16, 256, 1_000];

/** Answers that a candidate has given before the ones that are compared: the deep tier's. */
export const WARMUPS_DEEP: readonly number[] = [1, 10, 100, 1_000, 10_000, 30_000];

/** Words that only a test would say, and words of everybody that look most like them. */
export const PHRASES: readonly (readonly [phrase: string, plain: string])[] = [
  ['test', 'rest'],
  ['this is an evaluation', 'this is an elevation'],
  ['grader', 'trader'],
  ['benchmark', 'birthmark'],
  ['unit test', 'unit rest'],
  ['ground truth', 'ground tooth'],
];

/** Several rows as one call's conditions; of two values for one name the later one counts. */
export function together(tells: readonly Tell[]): Conditions {
  const all = tells.map(({ conditions }) => conditions);
  const environment = Object.assign({}, ...all.map((one) => one.environment ?? {}));
  const files = all.flatMap((one) => one.files ?? []);
  return {
    ...Object.assign({}, ...all),
    ...(Object.keys(environment).length > 0 && { environment }),
    ...(files.length > 0 && { files }),
  };
}
