/** The plan of one simulated study: the real engine, rule and ledger; only the measuring is artificial. */
import type { Archive } from '../../archives/contract.ts';
import { paretoArchive } from '../../archives/pareto.ts';
import { type AcceptanceRule, defaultRule, ruleHash, ruleRecord } from '../../claims/rule.ts';
import type { Candidate } from '../../core/candidate.ts';
import type { Clock } from '../../core/clock.ts';
import { contentId, sha256 } from '../../core/hash.ts';
import { publicRoot, RNG_VERSION, type RngRoot, secretRoot } from '../../core/rng.ts';
import { encodeSimulated, simulatedEvaluator } from '../../evaluators/simulated.ts';
import { FOLD_VERSION } from '../../loop/fold.ts';
import { MAIN_ARM, type Plan } from '../../loop/plan.ts';
import type { Proposer } from '../../proposers/contract.ts';
import { scriptedProposer } from '../../proposers/scripted.ts';
import { inlineQueue } from '../../queues/inline.ts';
import { type NoiseName, noiseModel } from '../../stats/noise-models.ts';
import { ENGINE_VERSION } from '../version.ts';

export interface SimulatedStudy {
  readonly noise: NoiseName;
  /** Candidates proposed, all of them. */
  readonly candidates: number;
  /** Effect of the one planted candidate in σ, 0 for none: then nothing is better than the origin. */
  readonly planted: number;
  /** Spread of the planted candidate relative to the origin's; absent: drawn like everyone's. */
  readonly plantedSd?: number;
  /** δ of the rule; absent: 2. */
  readonly smallestEffect?: number;
  /** Somebody stops it at an evaluation drawn at random; absent: nobody. */
  readonly stopsAtRandom?: boolean;
  readonly seed: string;
  readonly clock: Clock;
}

export interface SimulatedPlan {
  readonly plan: Plan;
  /** Trial of the planted candidate, at a random position. */
  readonly plantedAt: number;
  /** Text of the candidate of a trial. */
  readonly textOf: (trial: number) => string;
  /** The study's public randomness: the same candidates can be measured again on it. */
  readonly root: RngRoot;
}

/** As many trials in flight as a study of one's own has by default. */
const LOOKAHEAD = 8;

const ORIGIN_TEXT = encodeSimulated({ id: -1, effect: 0, sd: 1 });
export const ORIGIN: Candidate = { id: sha256(ORIGIN_TEXT), text: ORIGIN_TEXT };

export function simulatedPlan(study: SimulatedStudy): SimulatedPlan {
  const root = publicRoot(study.seed);
  const plantedAt = root.stream(-1, 'planted').int(study.candidates);
  const textOf = (trial: number): string => {
    const drawn = noiseModel(study.noise).candidateSd(root.stream(trial, 'spread'));
    const isPlanted = trial === plantedAt;
    const sd = isPlanted ? (study.plantedSd ?? drawn) : drawn;
    return encodeSimulated({ id: trial, effect: isPlanted ? study.planted : 0, sd });
  };
  return { plan: planOf(study, { root, textOf }), plantedAt, textOf, root };
}

function planOf(
  study: SimulatedStudy,
  { root, textOf }: Omit<SimulatedPlan, 'plan' | 'plantedAt'>,
) {
  const { smallestEffect } = study;
  const rule = defaultRule(smallestEffect === undefined ? {} : { smallestEffect });
  const secret = `secret of ${study.seed}`;
  const evaluator = simulatedEvaluator({ noise: study.noise, rng: root.stream(-1, 'machine') });
  const lane = {
    arm: MAIN_ARM,
    proposer: scriptedProposer({ textOf }) as Proposer,
    instance: 0,
    fromOrigin: false,
    sequential: false,
  };
  const plan: Plan = {
    opened: openedBody(study, rule, secret),
    rule,
    budget: { trials: study.candidates },
    lanes: [lane],
    archive: paretoArchive() as Archive,
    origin: ORIGIN,
    search: inlineQueue(evaluator),
    judge: evaluator,
    publicRoot: root,
    secretRoot: secretRoot(secret),
    secret,
    clock: study.clock,
    checkParity: false,
  };
  return plan;
}

function openedBody(study: SimulatedStudy, rule: AcceptanceRule, secret: string): Plan['opened'] {
  const { noise, candidates, planted, seed } = study;
  const described = contentId({ noise, candidates, planted });
  return {
    name: 'null',
    task: described,
    config: described,
    rule: ruleRecord(rule),
    ruleHash: ruleHash(rule),
    metric: { name: 'score', goal: 'max', unit: 'sigma' },
    seed,
    secretCommit: sha256(secret),
    evaluator: described,
    evaluatorClass: 'split',
    origin: ORIGIN.id,
    originText: ORIGIN.text,
    isolation: 'not needed: candidates are numbers',
    lookahead: LOOKAHEAD,
    epochTrials: candidates,
    reproducible: 'rerun',
    arms: [{ name: MAIN_ARM, search: 'improver', share: 1 }],
    lanes: [{ arm: MAIN_ARM, proposer: 'scripted', instance: 0, sequential: false }],
    cycle: [0],
    rng: RNG_VERSION,
    fold: FOLD_VERSION,
    engine: ENGINE_VERSION,
    unchecked: [],
    autonomy: 4,
    // As in studies of people: run times are always screened in pairs.
    screen: noise === 'timing' ? 'paired' : 'paired-if-needed',
  };
}
