/**
 * A small study as the engine would have written it: simulated scores, the real rule. Promotions,
 * unconfirmed challengers, an adopted control candidate and final comparisons follow from the
 * numbers, so a report of it can be checked against it.
 */
import { type Attempt, confirmSpec, confirmVerdict, gainBlock } from '../claims/decide.ts';
import { defaultRule, ruleHash } from '../claims/rule.ts';
import { GENESIS } from '../core/chain.ts';
import type { EventBody, EventDraft, StoredEvent } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { publicRoot, type Rng } from '../core/rng.ts';
import { blockSize } from '../stats/block.ts';
import { noiseFloor } from '../stats/noise-floor.ts';
import { fwerLevel } from '../stats/online-testing.ts';
import { mean } from '../stats/summary.ts';
import { encode } from '../stores/encode.ts';

export interface SampleOptions {
  readonly trials?: number;
  /** False: no candidate is better than the origin. */
  readonly hasGains?: boolean;
  readonly isClosed?: boolean;
  /** Text planted wherever a candidate or a config may put some. */
  readonly foreign?: string;
}

type Arm = 'main' | 'best-of-n';

interface Subject {
  readonly id: string;
  readonly text: string;
  /** Expected excess, percent: lower is better. */
  readonly level: number;
}

interface Run {
  readonly options: Required<SampleOptions>;
  readonly rng: Rng;
  readonly drafts: EventDraft[];
  readonly arms: Record<
    Arm,
    { incumbent: Subject; evals: number; attempts: number; failed: number }
  >;
  readonly origin: Subject;
  /** Of the main arm: an incumbent and what the arm had spent when it took the place. */
  readonly milestones: { readonly subject: Subject; readonly evals: number }[];
  floor: readonly number[];
  trial: number;
  wallMs: number;
}

const SECRET = 'sample secret';
const rule = defaultRule();
const ORIGIN_LEVEL = 5.02;
/** Candidates better than their incumbent, by trial and percent; multiples of five plus four are the control's. */
const GAINS: Readonly<Record<number, number>> = { 20: 0.86, 199: 0.6, 231: 0.74 };
/** Lucky ones: they pass the screen and are no better. */
const LUCKY: readonly number[] = [31, 110, 302];

export function sampleLedger(options: SampleOptions = {}): readonly StoredEvent[] {
  const run = openRun({ trials: 400, hasGains: true, isClosed: true, foreign: '', ...options });
  measureFloor(run);
  for (const arm of ['main', 'best-of-n'] as const) reference(run, arm);
  for (; run.trial < run.options.trials; run.trial++) settle(run);
  if (run.options.isClosed) {
    compare(run, 'origin', run.origin);
    compare(run, 'best-of-n', run.arms['best-of-n'].incumbent);
    record(run, {
      type: 'study.closed',
      actor: 'engine',
      body: { reason: 'budget', stoppedBy: 'trials', revealedSecret: SECRET },
    });
  }
  const drafts = run.drafts;
  return encode({ head: GENESIS, epoch: 0 }, drafts, 1_704_067_200_000).events;
}

function subject(text: string, level: number): Subject {
  return { id: sha256(text), text, level };
}

function sourceOf(bonus: string, foreign: string): string {
  return [
    'export function priority(item: number, space: number): number {',
    '  const rest = space - item;',
    ...(foreign ? [`  // ${foreign}`] : []),
    `  return ${bonus};`,
    '}',
    '',
  ].join('\n');
}

function openRun(options: Required<SampleOptions>): Run {
  const origin = subject(sourceOf('-rest', options.foreign), ORIGIN_LEVEL);
  const arm = (): Run['arms'][Arm] => ({ incumbent: origin, evals: 0, attempts: 0, failed: 0 });
  const arms = { main: arm(), 'best-of-n': arm() };
  const rng = publicRoot('sample').stream(0, 'scores');
  const milestones = [{ subject: origin, evals: 0 }];
  const state = { floor: [], trial: 0, wallMs: 0 };
  const run: Run = { options, rng, drafts: [], arms, origin, milestones, ...state };
  record(run, { type: 'study.opened', actor: 'engine', body: openedBody(run) });
  return run;
}

function openedBody({ origin, options }: Run): EventBody['study.opened'] {
  return {
    name: `bin-packing${options.foreign}`,
    task: sha256('task'),
    config: sha256('config'),
    rule: { ...rule } as unknown as Json,
    ruleHash: ruleHash(rule),
    metric: { name: `excess${options.foreign}`, goal: 'min', unit: 'percent' },
    seed: '7',
    secretCommit: sha256(SECRET),
    evaluator: sha256('evaluator'),
    evaluatorClass: 'split',
    origin: origin.id,
    originText: origin.text,
    isolation: `own process, no jail (J0)${options.foreign}`,
    lookahead: 8,
    epochTrials: 100,
    reproducible: 'rerun',
    arms: [
      { name: 'main', search: 'improver', share: 0.8 },
      { name: 'best-of-n', search: 'best-of-n', share: 0.2 },
    ],
    lanes: [
      { arm: 'main', proposer: 'genetic', instance: 0, sequential: false },
      { arm: 'best-of-n', proposer: 'genetic', instance: 0, sequential: false },
    ],
    cycle: [0, 0, 0, 0, 1],
    rng: 'philox4x32-10/sfc32/1',
    fold: 'paceline.fold/2',
    engine: 'paceline 0.1.0',
    unchecked: ['C1', 'C4', 'C5', 'C8', 'C17'],
    autonomy: 4,
  };
}

/** Milliseconds of active time between two entries. */
const STEP_MS = 37;

function record(run: Run, draft: EventDraft): void {
  run.wallMs += STEP_MS;
  run.drafts.push({ ...draft, meta: { ...draft.meta, wallMs: run.wallMs } } as EventDraft);
}

/** Scores of subjects on the same fresh instances: the instance matters more than the rest. */
function scores(run: Run, subjects: readonly Subject[], n: number): number[][] {
  const rows = subjects.map((): number[] => []);
  for (let i = 0; i < n; i++) {
    const instance = 0.26 * run.rng.normal();
    subjects.forEach(({ level }, j) => rows[j]?.push(level + instance + 0.14 * run.rng.normal()));
  }
  return rows;
}

function cases(run: Run, n: number): number[] {
  return Array.from({ length: n }, () => run.rng.u32());
}

function measureFloor(run: Run): void {
  const [values = []] = scores(run, [run.origin], 12);
  run.floor = values;
  run.arms.main.evals += values.length;
  const repeats = values.slice(0, 3).map((value) => [value, value] as const);
  const body = {
    candidate: run.origin.id,
    cases: cases(run, 12),
    values,
    repeats,
    deterministic: true,
    parity: 3,
  };
  record(run, { type: 'noise.measured', actor: 'engine', body });
}

function reference(run: Run, arm: Arm): void {
  const { incumbent } = run.arms[arm];
  const [values = []] = scores(run, [incumbent], 12);
  run.arms[arm].evals += values.length;
  const body = {
    purpose: 'baseline',
    arm,
    candidate: incumbent.id,
    from: 0,
    cases: cases(run, 12),
    values,
  } as const;
  record(run, { type: 'measurement.recorded', actor: 'engine', body });
}

/** Trials between two that fail, and between two proposals made before. */
const CRASH_EVERY = 41;
const DUPLICATE_EVERY = 17;

function settle(run: Run): void {
  const { trial, options, rng } = run;
  const arm: Arm = trial % 5 === 4 ? 'best-of-n' : 'main';
  const { incumbent } = run.arms[arm];
  const gain = options.hasGains ? GAINS[trial] : undefined;
  const isChallenger = gain !== undefined || LUCKY.includes(trial);
  const level = incumbent.level - (gain ?? (isChallenger ? 0 : -0.9 * Math.abs(rng.normal())));
  const text = sourceOf(
    gain === undefined ? `-rest + ${trial} / space` : `-rest + ${trial} * Math.exp(-rest)`,
    options.foreign,
  );
  const candidate = subject(text, level);
  const isCrash = !isChallenger && trial % CRASH_EVERY === 3;
  const isDuplicate = !isChallenger && trial % DUPLICATE_EVERY === 5;
  const [values = []] = isCrash
    ? [[]]
    : scores(run, [candidate], isChallenger ? 6 : 1 + (trial % 2));
  const evals = isDuplicate ? 0 : Math.max(1, values.length);
  run.arms[arm].evals += evals;
  const end = isChallenger ? null : isDuplicate ? 'duplicate' : isCrash ? 'crashed' : 'discarded';
  record(run, {
    type: 'trial.settled',
    trial,
    actor: 'proposer:genetic',
    body: {
      arm,
      lane: arm === 'main' ? 0 : 1,
      horizon: Math.max(0, trial - 7),
      proposer: `genetic${options.foreign}`,
      operator: `${trial % 3 === 0 ? 'subtree-crossover' : 'point-mutation'}${options.foreign}`,
      candidate: candidate.id,
      text: candidate.text,
      key: candidate.id,
      parents: [incumbent.id],
      considered: 1 + (trial % 2),
      outcome: isCrash ? 'crashed' : 'scored',
      values: isDuplicate ? [] : values,
      evals,
      size: 9,
      ...(isCrash ? { message: `division by zero${options.foreign}` } : {}),
      admitted: !isDuplicate && !isCrash && trial % 6 === 0,
      end,
    },
    meta: { cpuMs: 3 },
  });
  if (isChallenger) confirm(run, arm, candidate);
}

/** Pairs measured and recorded; oriented differences, positive where `ours` is better. */
function pairs(
  run: Run,
  body: Pick<EventBody['measurement.recorded'], 'purpose' | 'arm' | 'from'>,
  sides: { ours: Subject; theirs: Subject; n: number },
): number[] {
  const { ours, theirs, n } = sides;
  const [values = [], againstValues = []] = scores(run, [ours, theirs], n);
  const trial = body.purpose === 'control' ? {} : { trial: run.trial };
  const full = {
    ...body,
    candidate: ours.id,
    against: theirs.id,
    cases: cases(run, n),
    values,
    againstValues,
  };
  record(run, { type: 'measurement.recorded', ...trial, actor: 'engine', body: full });
  if (body.purpose !== 'control') run.arms[body.arm as Arm].evals += 2 * n;
  return values.map((value, i) => (againstValues[i] ?? 0) - value);
}

function confirm(run: Run, arm: Arm, ours: Subject): void {
  const state = run.arms[arm];
  const theirs = state.incumbent;
  const floor = noiseFloor(run.floor.map((value) => -value));
  const attempt: Attempt = {
    level: fwerLevel(rule.alpha, state.failed + 1),
    spec: confirmSpec(rule, floor),
  };
  const differences: number[] = [];
  let verdict = confirmVerdict(rule, attempt, differences);
  while (verdict.verdict === 'more') {
    const n = Math.min(8, verdict.take);
    differences.push(
      ...pairs(run, { purpose: 'confirm', arm, from: differences.length }, { ours, theirs, n }),
    );
    verdict = confirmVerdict(rule, attempt, differences);
  }
  const { logE, n } = verdict;
  state.attempts += 1;
  const body = {
    arm,
    candidate: ours.id,
    against: theirs.id,
    attempt: state.attempts,
    index: state.failed + 1,
    alpha: attempt.level,
    spec: { ...attempt.spec },
    logE,
    n,
    effect: mean(differences.slice(0, n)),
    verdict: verdict.verdict,
  };
  record(run, { type: 'trial.confirmed', trial: run.trial, actor: 'engine', body });
  if (verdict.verdict === 'unconfirmed') state.failed += 1;
  else if (arm === 'main') promote(run, ours, blockSize(n));
  else state.incumbent = ours;
}

function promote(run: Run, ours: Subject, size: number): void {
  const state = run.arms.main;
  const theirs = state.incumbent;
  const block: number[] = [];
  while (block.length < size) {
    const n = Math.min(8, size - block.length);
    block.push(
      ...pairs(run, { purpose: 'block', arm: 'main', from: block.length }, { ours, theirs, n }),
    );
  }
  const { mean: gain, lower, upper, level, n, notes } = gainBlock(block);
  const atEvals = run.arms.main.evals + run.arms['best-of-n'].evals;
  const approvedBy = 'autonomy level 4';
  const body = {
    arm: 'main',
    candidate: ours.id,
    from: theirs.id,
    gain,
    interval: [lower, upper] as const,
    level,
    n,
    notes,
    approvedBy,
    atEvals,
  };
  record(run, { type: 'candidate.promoted', trial: run.trial, actor: 'engine', body });
  state.incumbent = ours;
  run.milestones.push({ subject: ours, evals: state.evals });
  reference(run, 'main');
}

/** The origin against the final incumbent, a control against the incumbent at the control's spend. */
function compare(run: Run, arm: 'origin' | 'best-of-n', theirs: Subject): void {
  const atEvals = run.arms[arm === 'origin' ? 'main' : arm].evals;
  const reached = run.milestones.filter(({ evals }) => evals <= atEvals);
  const ours = reached.at(-1)?.subject ?? run.origin;
  const common = { arm, atEvals, ours: ours.id, theirs: theirs.id };
  if (ours.id === theirs.id) {
    const words =
      arm === 'origin'
        ? 'the incumbent is the untouched origin'
        : "not testable: one trajectory; both arms had the same candidate at the control's spend";
    const nothing = { effect: 0, interval: [0, 0] as const, n: 0, verdict: 'identical' as const };
    record(run, { type: 'arm.compared', actor: 'engine', body: { ...common, ...nothing, words } });
    return;
  }
  const differences: number[] = [];
  while (differences.length < 32) {
    differences.push(
      ...pairs(run, { purpose: 'control', arm, from: differences.length }, { ours, theirs, n: 8 }),
    );
  }
  const { mean: effect, lower, upper, n } = gainBlock(differences);
  const verdict = lower > 0 ? 'ahead' : upper < 0 ? 'behind' : 'no-evidence';
  const number = (value: number): string => Number(value.toPrecision(3)).toString();
  const by = `${number(effect)} percent [${number(lower)}, ${number(upper)}] on fresh instances`;
  const words =
    arm === 'origin'
      ? `the incumbent differs from the untouched origin by ${by}`
      : `not testable: one trajectory; our candidate at the control's spend beats the control's final by ${by}`;
  const found = { effect, interval: [lower, upper] as const, n, verdict } as const;
  record(run, { type: 'arm.compared', actor: 'engine', body: { ...common, ...found, words } });
}
