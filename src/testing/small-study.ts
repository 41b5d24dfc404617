/**
 * A study small enough for a test and whole enough to mean something: two arms, a proposer that
 * learns, one that probes, an evaluator with noise that depends on the seed alone. Promotions and
 * failed confirms both happen.
 */
import { personApprover } from '../approvers/person.ts';
import type { Archive } from '../archives/contract.ts';
import { paretoArchive } from '../archives/pareto.ts';
import {
  type AcceptanceRule,
  defaultRule,
  ruleHash,
  ruleRecord,
  type SampledRule,
} from '../claims/rule.ts';
import type { ScreenMode } from '../claims/screen.ts';
import type { StageRule } from '../claims/stages.ts';
import type { Candidate } from '../core/candidate.ts';
import type { Clock } from '../core/clock.ts';
import { FOLLOW_ON_RULE } from '../core/follow-ons.ts';
import type { TastePromise } from '../core/forecast.ts';
import { contentId, sha256 } from '../core/hash.ts';
import { poolOrder, type StudyPool } from '../core/pool.ts';
import { publicRoot, RNG_VERSION, secretRoot } from '../core/rng.ts';
import type { CaseResult, Evaluator } from '../evaluators/contract.ts';
import { holdoutGate } from '../gates/c4-holdout.ts';
import type { GateStore } from '../gates/contract.ts';
import { poolGate } from '../gates/pool-bit.ts';
import { FOLD_VERSION } from '../loop/fold.ts';
import { buildCycle, buildEqualCycle, laneRecord } from '../loop/lanes.ts';
import { type Budget, type Lane, MAIN_ARM, type Plan } from '../loop/plan.ts';
import { sealedCases, sealedMeasure } from '../loop/sealed.ts';
import type { AskRequest, Draft, Proposer } from '../proposers/contract.ts';
import type { Queue } from '../queues/contract.ts';
import { inlineQueue } from '../queues/inline.ts';
import type { Taste } from '../tastes/contract.ts';
import { memoryGate } from './memory-gate.ts';
import { type ScriptedGate, scriptedGatekeeper } from './scripted-gatekeeper.ts';

export interface SmallStudyOptions {
  readonly clock: Clock;
  readonly budget?: Budget;
  readonly seed?: string;
  readonly secret?: string;
  readonly rule?: Partial<Omit<SampledRule, 'id'>>;
  /** Default: in the calling thread. */
  readonly search?: Queue;
  readonly judge?: Evaluator;
  readonly proposers?: readonly Proposer[];
  readonly lookahead?: number;
  readonly screen?: ScreenMode;
  /** Cheap stages before the screen, measured where `search` is. */
  readonly stages?: readonly StageRule[];
  /** Elites measured again and ranked by shrunken means, as studies of configs do. */
  readonly elites?: Plan['opened']['elites'];
  /** What is expected of proposals; of climbers, who can be asked again, it chooses. Absent: nothing. */
  readonly tasted?: { readonly promise: TastePromise; readonly taste: Taste };
  /** The engine proposes what to try next. */
  readonly followOns?: true;
  /** Islands and control blocks, in the place of one search and its control. */
  readonly islands?: Arms;
  /** A sealed hold-out; its record in memory where none is given. */
  readonly holdout?: Plan['opened']['holdout'] & HoldoutKept;
  /** Gates that judge as they are told, and a person who is asked. */
  readonly gated?: ScriptedGate & {
    readonly autonomy?: number;
    readonly expiresMs?: number;
  };
}

type Arms = Plan['opened']['arms'];

const CONTROL_SHARE = 0.25;
const ARMS: Arms = [
  { name: MAIN_ARM, search: 'improver', share: 1 - CONTROL_SHARE },
  { name: 'best-of-n', search: 'best-of-n', share: CONTROL_SHARE },
];
const ORIGIN_TEXT = textOf({ trial: -1, effect: 0 });
const DEFAULT_BUDGET: Budget = { trials: 60 };

interface Point {
  readonly trial: number;
  /** True quality, in σ of one evaluation. */
  readonly effect: number;
}

export function smallPlan(options: SmallStudyOptions): Plan {
  const { clock, budget = DEFAULT_BUDGET, seed = '1', secret = 'small' } = options;
  const { stages, islands, lookahead = 8, elites, tasted } = options;
  const arms = islands ?? ARMS;
  const rule = defaultRule({ ...options.rule, ...(stages ? { stages } : {}) });
  const search = options.search ?? inlineQueue(seededEvaluator());
  const judge = options.judge ?? seededEvaluator();
  const lanes = lanesOf(arms, options.proposers ?? [climber(), prober()]);
  const opened = {
    ...openedBody({ rule, seed, secret, arms, lanes, lookahead, elites }),
    ...(islands ? { design: 'islands' as const, cycle: equalCycle(lanes) } : {}),
    ...(options.screen ? { screen: options.screen } : {}),
    ...(tasted ? { taste: tasted.promise } : {}),
    ...(options.followOns ? { followOns: FOLLOW_ON_RULE } : {}),
  };
  const plan: Plan = {
    opened,
    rule,
    budget,
    lanes,
    archive: paretoArchive() as Archive,
    ...(tasted ? { taste: tasted.taste } : {}),
    origin: { id: sha256(ORIGIN_TEXT), text: ORIGIN_TEXT },
    readWritten,
    ...(options.followOns ? { changes: POINT_CHANGES } : {}),
    search,
    ...(stages ? { stages: stages.map((stage) => ({ rule: stage, queue: search })) } : {}),
    judge,
    publicRoot: publicRoot(seed),
    secretRoot: secretRoot(secret),
    secret,
    clock,
    checkParity: true,
  };
  const gated = options.gated ? withGates(plan, options.gated) : plan;
  return options.holdout ? withHoldout(gated, options.holdout) : gated;
}

const GATES: NonNullable<Plan['opened']['gates']> = {
  declared: contentId({ small: true }),
  floor: ['C16'],
  unchecked: [],
  weight: 1,
  maxDebt: 8,
  completeness: 1,
};

/** The same study behind a gatekeeper and an approver. */
function withGates(plan: Plan, gated: NonNullable<SmallStudyOptions['gated']>): Plan {
  const { autonomy = 4, expiresMs, ...gate } = gated;
  const gatekeeper = scriptedGatekeeper(plan.opened, gate);
  return {
    ...plan,
    opened: { ...plan.opened, gates: GATES, autonomy },
    gatekeeper,
    roots: { signer: gatekeeper },
    approver: personApprover({ expires: expiresMs }),
  };
}

interface HoldoutKept {
  readonly store?: () => GateStore;
  /** What its cases follow from; absent: the study's secret. */
  readonly own?: string;
}

/** The same study behind a sealed hold-out. */
export function withHoldout(
  plan: Plan,
  { store, own, ...promise }: NonNullable<SmallStudyOptions['holdout']>,
): Plan {
  const { secretCommit, metric } = plan.opened;
  const measurer = own === undefined ? plan : { ...plan, secretRoot: secretRoot(own) };
  const holdout = holdoutGate({
    open: store ?? (() => memoryGate(secretCommit)),
    secretCommit,
    promise: own === undefined ? promise : { ...promise, secret: 'gatekeeper' },
    metric,
    sealed: sealedMeasure(measurer, sealedCases(measurer, promise.cases)),
  });
  return { ...plan, opened: { ...plan.opened, holdout: promise }, holdout };
}

/** A point is one number: half of the way is one of two changes. */
export const POINT_CHANGES: NonNullable<Plan['changes']> = {
  ablate: (from, to) => {
    const [before, after] = [from, to].map((text) => JSON.parse(text) as Point);
    if (before === undefined || after === undefined) return [];
    const half = Number(((before.effect + after.effect) / 2).toFixed(6));
    return [1, 2].map((part) => ({
      text: textOf({ trial: 1000 * part + after.trial, effect: half }),
      what: `half ${part} of 2`,
    }));
  },
  transfer: (from, to, onto) => {
    const [before, after, other] = [from, to, onto].map((text) => JSON.parse(text) as Point);
    if (!before || !after || !other) return { why: 'it is no point' };
    const effect = Number((other.effect + after.effect - before.effect).toFixed(6));
    return { text: textOf({ trial: 5000 + other.trial, effect }) };
  },
};

/** What people write: points, too. */
export const readWritten: NonNullable<Plan['readWritten']> = (text) => {
  const point = /^\{"trial":-?\d+,"effect":-?[\d.]+\}$/;
  return point.test(text) ? { key: sha256(text), size: 1 } : { why: 'It is no point.' };
};

/** The same study on a finite pool of confirm cases. */
export function withPool(plan: Plan, pool: StudyPool, store?: () => GateStore): Plan {
  const { secretCommit, metric } = plan.opened;
  const order = poolOrder(plan.secretRoot, pool.cases);
  const opened = { ...plan.opened, pool };
  if (pool.use === 'blocks') return { ...plan, opened, pool: { order } };
  const asked = [...order.subarray(0, pool.asked)];
  const gate = poolGate({
    open: store ?? (() => memoryGate(secretCommit)),
    secretCommit,
    metric,
    sealed: sealedMeasure(plan, () => asked),
  });
  return { ...plan, opened, pool: { order, gate } };
}

function lanesOf(arms: Arms, proposers: readonly Proposer[]): readonly Lane[] {
  return arms.flatMap(({ name: arm, search }) =>
    proposers.map((proposer) => ({
      arm,
      proposer,
      instance: 0,
      fromOrigin: search !== 'improver',
      sequential: search === 'improver' && proposer.traits.sequential,
    })),
  );
}

/** Every proposer of an arm as often as the others. */
function equalCycle(lanes: readonly Lane[]): readonly number[] {
  return buildEqualCycle(lanes.map(({ arm }) => ({ arm, weight: 1 })));
}

interface Opening {
  readonly rule: AcceptanceRule;
  readonly seed: string;
  readonly secret: string;
  readonly arms: Arms;
  readonly lanes: readonly Lane[];
  readonly lookahead: number;
  readonly elites: Plan['opened']['elites'];
}

const EPOCH_TRIALS = 20;

function openedBody(opening: Opening): Plan['opened'] {
  const { rule, seed, secret, arms, lanes, lookahead, elites } = opening;
  const each = lanes.length / arms.length;
  const shareOf = (lane: Lane): number =>
    (arms.find(({ name }) => name === lane.arm)?.share ?? 0) / each;
  const described = contentId({ small: true });
  return {
    name: 'small',
    task: described,
    config: described,
    rule: ruleRecord(rule),
    ruleHash: ruleHash(rule),
    metric: { name: 'score', goal: 'max', unit: 'sigma' },
    seed,
    secretCommit: sha256(secret),
    evaluator: described,
    evaluatorClass: 'split',
    origin: sha256(ORIGIN_TEXT),
    originText: ORIGIN_TEXT,
    isolation: 'not needed: candidates are numbers',
    lookahead,
    epochTrials: EPOCH_TRIALS,
    reproducible: 'rerun',
    arms,
    lanes: lanes.map((lane) => laneRecord(lane, elites)),
    cycle: buildCycle(lanes.map(shareOf)),
    rng: RNG_VERSION,
    fold: FOLD_VERSION,
    engine: '0.0.0-test',
    unchecked: [],
    autonomy: 4,
    ...(elites ? { elites } : {}),
  };
}

function textOf(point: Point): string {
  return JSON.stringify(point);
}

function draftOf(request: AskRequest, effect: number, more: Partial<Draft> = {}): Draft {
  const text = textOf({ trial: request.trial, effect });
  const parent = request.fromOrigin ? undefined : request.archive.best()?.id;
  const parents = parent === undefined ? [] : [parent];
  return { text, parents, operator: 'step', key: sha256(text), considered: 1, size: 1, ...more };
}

/** Steps from the best of the archive; the step grows with every admission it is told of. */
export function climber(): Proposer {
  const proposer: Proposer<{ readonly step: number }> = {
    name: 'climber',
    traits: { repeatable: true, sequential: false, breeds: true, redraws: true },
    init: () => ({ step: 1 }),
    ask({ step }, request) {
      const best = request.fromOrigin ? undefined : request.archive.best();
      const from = best === undefined ? 0 : (JSON.parse(best.text) as Point).effect;
      return draftOf(request, from + step * request.rng.normal());
    },
    tell: ({ step }, { admitted }) => ({ step: admitted ? Math.min(3, step * 1.1) : step }),
  };
  return proposer as Proposer;
}

/** One trial at a time: probes two points and drafts the better one, which it remembers. */
function prober(): Proposer {
  const proposer: Proposer<{ readonly at: number }> = {
    name: 'prober',
    traits: { repeatable: true, sequential: true },
    init: () => ({ at: 0 }),
    async ask({ at }, request) {
      const steps = [request.rng.normal(), request.rng.normal()];
      const points = steps.map((step) => (request.fromOrigin ? step : at + step));
      const texts = points.map((effect) => textOf({ trial: request.trial, effect }));
      const scores = await request.probe.measure(texts, 0);
      const [first = 0, second = 0] = points;
      const chosen = (scores[0] ?? 0) >= (scores[1] ?? 0) ? first : second;
      return draftOf(request, chosen, { operator: 'probe', probe: scores });
    },
    tell: (state, { text, admitted }) =>
      admitted ? { at: (JSON.parse(text) as Point).effect } : state,
  };
  return proposer as Proposer;
}

/** effect + a standard normal that is a function of candidate and seed: repeatable, and noisy over seeds. */
export function seededEvaluator(): Evaluator {
  const valueOf = ({ id, text }: Candidate, seed: number): CaseResult => {
    const { effect } = JSON.parse(text) as Point;
    const noise = publicRoot(id === '' ? text : id)
      .stream(seed, 'noise')
      .normal();
    return { outcome: 'scored', value: effect + noise };
  };
  return {
    traits: {
      place: 'calling-thread',
      deterministic: true,
      isolation: 'not needed: candidates are numbers',
    },
    measure(requests, signal) {
      signal.throwIfAborted();
      return requests.map(({ candidate, cases }) => ({
        cases: cases.map((seed) => valueOf(candidate, seed)),
        cpuMs: 0,
      }));
    },
    close() {},
  };
}
