/**
 * Check C10: whether a gain in run time is one. Candidate and incumbent run again on fresh secret inputs, each
 * in a process that has seen none of them, by our own clock. Three questions, each answered by an e-process at
 * the 97.5 % level (acceptance.md §1.4), which may be looked at after every pair:
 *
 * - it is faster by more than the rule's m, by what the task's evaluator says (the claim);
 * - our clock sees at least half of the time that is said to be saved (a program that runs beside its evaluator
 *   can lie to it). The clock is the wall's; where that scatters far more than the kernel's count of CPU time,
 *   on a busy machine, it is that count;
 * - an input that it has just seen is not answered more than twice as fast, against the incumbent (memoising).
 */
import { orient } from '../claims/orient.ts';
import type { Candidate } from '../core/candidate.ts';
import type { Json } from '../core/json.ts';
import type { Tolerance } from '../core/tolerance.ts';
import type { Stopped, Stopwatch } from '../evaluators/contract.ts';
import { logEValues } from '../stats/e-process.ts';
import { mean, sampleSd } from '../stats/summary.ts';
import type { Check, CheckFinding, Intake, Tier, Tools } from './contract.ts';
import { secretCases, sound } from './paired.ts';
import { counted } from './sentence.ts';

const ALPHA = 0.025;
/** Most pairs, of four processes each. */
const PAIRS: Readonly<Record<Tier, number>> = { floor: 24, deep: 96 };
/** Runs in a process; those of the second half count: the first warm it up, on other inputs. */
const RUNS = { least: 6, most: 256 } as const;
/** CPU time of one process: the task's own limits are made for a few runs. */
const MOST_PROCESS_MS = 2000;
/** Processes of the incumbent that say how much each clock scatters. */
const PILOTS = 4;
/** As many times the scatter of a process should the saved time be that our clock has to see. */
const SIGNAL = 4;
/** The wall's clock is left where it scatters so many times as much as the other, and by more than a start does. */
const BUSY = { times: 3, ms: 10 } as const;
/** Of the time that is said to be saved: the rest is left to how the two clocks differ. */
const SEEN = 0.5;
/** As fast again where the same input was seen before: more than caches of the machine do. */
const MEMO = Math.log(2);
/** Without a unit the second question stays open. */
const WITHOUT_UNIT = 0.5;

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  sec: 1000,
  second: 1000,
  seconds: 1000,
  ms: 1,
  millisecond: 1,
  milliseconds: 1,
  us: 1e-3,
  µs: 1e-3,
  microsecond: 1e-3,
  microseconds: 1e-3,
  ns: 1e-6,
  nanosecond: 1e-6,
  nanoseconds: 1e-6,
};

/** Milliseconds in one unit of a metric, by the unit's name; undefined where that names no time. */
export function msPerUnit(unit: string): number | undefined {
  const name = unit.trim().toLowerCase();
  return Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
}

export const timingCheck: Check = {
  name: 'C10',
  isAlone: true,
  inapplicable: ({ isTimed }) => (isTimed ? undefined : 'the metric is no time'),
  async judge(intake, tools, signal) {
    const { stopwatch } = tools;
    if (stopwatch === undefined) {
      const why = 'No clock of our own was there, so nobody looked.';
      return { verdict: 'inconclusive', why, evidence: null, cases: 0 };
    }
    return judged({ ...intake, tools, stopwatch, signal });
  },
};

interface Asked extends Intake {
  readonly tools: Tools;
  readonly stopwatch: Stopwatch;
  readonly signal: AbortSignal;
}

interface Job extends Asked {
  readonly clock: 'wallMs' | 'cpuMs';
  /** Standard deviation of a process by that clock, ms. */
  readonly scatterMs: number;
  /** Most runs of a process. */
  readonly most: number;
}

async function judged(asked: Asked): Promise<CheckFinding> {
  const { tools, tier } = asked;
  const { tolerance = {} } = tools.declaration;
  const pairs: TimedPair[] = [];
  const job = await piloted(asked);
  if (typeof job === 'string') return unknown(job, pairs);
  for (;;) {
    const next = await timedPair(job, runsOf(job, pairs), pairs.length);
    if (typeof next === 'string') return unknown(next, pairs);
    pairs.push(next);
    const { fastest = 0 }: Terms = tolerance;
    if (Math.min(...next.said) <= fastest) return tooFast(fastest, pairs);
    const answers = questions(pairs, tolerance);
    const wrong = answers.find(({ is }) => is === 'no');
    if (wrong !== undefined) return refused(wrong, answers, pairs);
    if (answers.every(({ is }) => is === 'yes')) return passed(answers, pairs);
    if (pairs.length >= PAIRS[tier]) return open(answers, pairs);
  }
}

/** What the machine does to the incumbent alone, which no candidate can move. */
async function piloted(asked: Asked): Promise<Job | string> {
  const { tools, ticket, incumbent } = asked;
  const of = { ticket, check: 'C10', purpose: 'pilot' } as const;
  const cases = secretCases(tools.secrets, of, { from: 0, count: RUNS.least });
  const runs: Run[] = [];
  for (let i = 0; i < PILOTS; i++) {
    const run = await timedRun(asked, { who: incumbent, cases });
    if (typeof run === 'string') return run;
    runs.push(run);
  }
  const [wall, cpu] = [runs.map(({ wallMs }) => wallMs), runs.map(({ cpuMs }) => cpuMs)];
  const [wallSd, cpuSd] = [sampleSd(wall), sampleSd(cpu)];
  const isBusy = wallSd > BUSY.ms && wallSd > BUSY.times * cpuSd;
  const perRun = Math.max(mean(cpu), 1) / RUNS.least;
  return {
    ...asked,
    clock: isBusy ? 'cpuMs' : 'wallMs',
    scatterMs: isBusy ? cpuSd : wallSd,
    most: Math.max(RUNS.least, Math.min(RUNS.most, Math.floor(MOST_PROCESS_MS / perRun))),
  };
}

/** From the pairs before: so many that what has to be seen is not lost in how processes start. */
function runsOf({ tools, scatterMs, most }: Job, pairs: readonly TimedPair[]): number {
  const { msPerUnit: unit }: Terms = tools.declaration.tolerance ?? {};
  if (unit === undefined || pairs.length === 0) return RUNS.least;
  const saved = SEEN * unit * mean(pairs.map(({ savedSaid, runs }) => savedSaid / runs));
  const wanted = saved > 0 ? Math.ceil((SIGNAL * scatterMs) / saved) : most;
  return Math.min(most, Math.max(RUNS.least, wanted));
}

interface TimedPair {
  /** In each process. */
  readonly runs: number;
  /** Logged ratios: above 0 where the candidate is faster. */
  readonly gain: number;
  /** Metric units, over all runs of the process. */
  readonly savedSaid: number;
  /** ms, by our clock. */
  readonly savedSeen: number;
  /** How much faster an input is that was seen before, against the incumbent, logged. */
  readonly memo: number;
  /** Every time the candidate was said to take. */
  readonly said: readonly number[];
}

/** Four processes in an order that nobody can foresee; a sentence where one gave no time. */
async function timedPair(job: Job, runs: number, at: number): Promise<TimedPair | string> {
  const { tools, ticket, candidate, incumbent, clock } = job;
  const of = { ticket, check: 'C10', purpose: 'inputs' } as const;
  const fresh = secretCases(tools.secrets, of, { from: RUNS.most * at, count: runs });
  const same = fresh.map(() => fresh.at(-1) as number);
  const asked = [
    { who: candidate, cases: fresh },
    { who: incumbent, cases: fresh },
    { who: candidate, cases: same },
    { who: incumbent, cases: same },
  ];
  const rng = tools.secrets.stream(-1, `${ticket}\nC10\norder`, at);
  const order = asked.map((_, i) => ({ i, key: rng.float() })).sort((a, b) => a.key - b.key);
  const timed: (Run | string)[] = [];
  for (const { i } of order) {
    const one = asked[i];
    if (one !== undefined) timed[i] = await timedRun(job, one);
  }
  const fault = timed.find((run) => typeof run === 'string');
  if (typeof fault === 'string') return fault;
  const [ours, theirs, oursAgain, theirsAgain] = timed as readonly Run[] as Four;
  return {
    runs,
    gain: ours.level - theirs.level,
    savedSaid: sum(theirs.times) - sum(ours.times),
    savedSeen: theirs[clock] - ours[clock],
    memo: oursAgain.last - ours.last - (theirsAgain.last - theirs.last),
    said: [...ours.times, ...oursAgain.times],
  };
}

type Four = readonly [Run, Run, Run, Run];

interface Run {
  readonly times: readonly number[];
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Oriented: of the second half, and of the last run alone. */
  readonly level: number;
  readonly last: number;
}

async function timedRun(
  { stopwatch, signal }: Asked,
  { who, cases }: { readonly who: Candidate; readonly cases: readonly number[] },
): Promise<Run | string> {
  const stopped = await stopwatch.run({ candidate: who, cases }, signal);
  const times = timesOf(stopped, cases.length);
  if (typeof times === 'string') return times;
  const oriented = times.map((time) => orient({ goal: 'min', kind: 'time' }, time));
  const level = mean(oriented.slice(Math.floor(times.length / 2)));
  const { wallMs, cpuMs } = stopped;
  return { times, wallMs, cpuMs, level, last: oriented.at(-1) ?? Number.NaN };
}

function timesOf({ cases }: Stopped, count: number): readonly number[] | string {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const result = sound(cases[i]);
    if (result.outcome !== 'scored') return `A fresh input got no time (${result.outcome}).`;
    if (!(result.value > 0)) return `A run was said to take ${result.value}, which is no time.`;
    times.push(result.value);
  }
  return times;
}

interface Answer {
  readonly name: 'claim' | 'clock' | 'memory';
  readonly is: 'yes' | 'no' | 'open';
  /** log K for and against. */
  readonly for: number;
  readonly against: number;
}

type Terms = Partial<Tolerance>;

/** `clock` only where the unit says how long it is. */
function questions(
  pairs: readonly TimedPair[],
  { minEffect = 0, msPerUnit: unit }: Terms,
): readonly Answer[] {
  const claim = answered(
    'claim',
    pairs.map(({ gain }) => gain),
    minEffect,
  );
  const memory = answered(
    'memory',
    pairs.map(({ memo }) => -memo),
    -MEMO,
  );
  if (unit === undefined) return [claim, memory];
  const unseen = pairs.map(({ savedSeen, savedSaid }) => savedSeen - SEEN * unit * savedSaid);
  return [claim, answered('clock', unseen, 0), memory];
}

/** Whether the centre of the values lies above the margin: the first of the two to be sure decides. */
function answered(name: Answer['name'], values: readonly number[], margin: number): Answer {
  const spec = { method: 'symmetric', scale: 0 } as const;
  const above = logEValues({ ...spec, margin }, values);
  const below = logEValues(
    { ...spec, margin: -margin },
    values.map((value) => -value),
  );
  const needed = Math.log(1 / ALPHA);
  const at = (path: readonly number[]): number => {
    const first = path.findIndex((logE) => logE >= needed);
    return first < 0 ? Number.POSITIVE_INFINITY : first;
  };
  const [yes, no] = [at(above), at(below)];
  const is = yes < no ? 'yes' : no < yes ? 'no' : 'open';
  return { name, is, for: above.at(-1) ?? 0, against: below.at(-1) ?? 0 };
}

const REFUSED: Readonly<Record<Answer['name'], string>> = {
  claim: 'On fresh inputs it is not faster than the incumbent by more than the margin of the rule',
  clock: 'By our clock it saves no time, or less than half of what its evaluator says',
  memory: 'An input that it has seen before is answered more than twice as fast: it remembers',
};

function processes(pairs: number): string {
  return counted(pairs, 'pair of processes', 'pairs of processes');
}

function evidenceOf(answers: readonly Answer[], pairs: readonly TimedPair[]): Json {
  return {
    alpha: ALPHA,
    answers: answers.map((one) => ({ ...one })),
    pairs: pairs.map(({ runs, gain, savedSaid, savedSeen, memo }) => ({
      runs,
      gain,
      savedSaid,
      savedSeen,
      memo,
    })),
  };
}

function refused(
  wrong: Answer,
  answers: readonly Answer[],
  pairs: readonly TimedPair[],
): CheckFinding {
  return {
    verdict: 'fail',
    why: `${REFUSED[wrong.name]} (${processes(pairs.length)}).`,
    evidence: evidenceOf(answers, pairs),
    cases: pairs.length,
    suspicion: 1,
  };
}

function passed(answers: readonly Answer[], pairs: readonly TimedPair[]): CheckFinding {
  const isSeen = answers.some(({ name }) => name === 'clock');
  const clock = isSeen ? 'by our clock too' : 'though not by our clock, as its unit names no time';
  return {
    verdict: 'pass',
    why: `On fresh inputs it is faster, in ${processes(pairs.length)}, ${clock}.`,
    evidence: evidenceOf(answers, pairs),
    cases: pairs.length,
    suspicion: 0,
    ...(isSeen ? {} : { completeness: WITHOUT_UNIT }),
  };
}

function open(answers: readonly Answer[], pairs: readonly TimedPair[]): CheckFinding {
  const names = answers.filter(({ is }) => is === 'open').map(({ name }) => name);
  return {
    verdict: 'inconclusive',
    why: `After ${processes(pairs.length)} it is not known of its ${names.join(', ')}.`,
    evidence: evidenceOf(answers, pairs),
    cases: pairs.length,
    suspicion: 0.5,
  };
}

function unknown(why: string, pairs: readonly TimedPair[]): CheckFinding {
  const evidence = evidenceOf([], pairs);
  return { verdict: 'inconclusive', why, evidence, cases: pairs.length, suspicion: 0.5 };
}

function tooFast(fastest: number, pairs: readonly TimedPair[]): CheckFinding {
  return {
    verdict: 'fail',
    why: `A run was said to take no longer than ${fastest}, which the task declares impossible.`,
    evidence: evidenceOf([], pairs),
    cases: pairs.length,
    suspicion: 1,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
