/**
 * `demo null`: many studies in which the truth is known, through the real engine. How often does a
 * rule promote something that is no better, and how often does it find what is?
 */
import type { Clock } from '../../core/clock.ts';
import type { Json } from '../../core/json.ts';
import { NOISE_NAMES, type NoiseName, noiseModel } from '../../stats/noise-models.ts';
import { wilson } from '../../stats/wilson.ts';
import { RULE_NAMES, type RuleName, runSimulated, type StudyOutcome } from './run.ts';

export type { NoiseName };

/** What each noise stands for, in plain words. */
export const NOISES = Object.fromEntries(
  NOISE_NAMES.map((name) => [name, noiseModel(name).meaning]),
) as Readonly<Record<NoiseName, string>>;

export interface NullRequest {
  readonly studies: number;
  /** Effect of a planted candidate in σ; undefined: only studies without one. */
  readonly planted?: number;
  /** Spread of the planted candidate relative to the origin's; absent: drawn like everyone's. */
  readonly plantedSd?: number;
  /** δ of the rule; absent: 2. */
  readonly smallestEffect?: number;
  /** Each study is stopped at an evaluation drawn at random; absent: none is. */
  readonly stopsAtRandom?: boolean;
  readonly noise: NoiseName;
  readonly candidates: number;
  readonly seed: string;
  readonly clock: Clock;
  readonly onStudy?: (done: number, of: number) => void;
}

export interface Rate {
  readonly count: number;
  readonly of: number;
  /** Share, and its 95 % Wilson interval. */
  readonly rate: number;
  readonly interval: readonly [number, number];
}

export interface RuleRates {
  readonly rule: RuleName;
  /** Studies with any false promotion. */
  readonly falsePromotion: Rate;
  /** Studies that promoted the planted candidate; absent without one. */
  readonly found?: Rate;
  readonly evaluationsPerCandidate: number;
}

export interface NullReport {
  readonly noise: NoiseName;
  readonly candidates: number;
  readonly stopsAtRandom: boolean;
  readonly seed: string;
  /** No candidate is better than the origin. */
  readonly nullStudies: readonly RuleRates[];
  /** One candidate is better by `planted` σ. */
  readonly planted?: {
    readonly effect: number;
    /** Spread relative to the origin's; absent: drawn like everyone's. */
    readonly spread?: number;
    readonly rates: readonly RuleRates[];
  };
}

export async function runNullStudies(request: NullRequest): Promise<NullReport> {
  const { noise, candidates, seed, planted, plantedSd, stopsAtRandom = false } = request;
  const total = request.studies * (planted === undefined ? 1 : 2);
  const nullStudies = await ratesOf(request, { effect: 0, done: 0, total });
  const base = { noise, candidates, stopsAtRandom, seed, nullStudies };
  if (planted === undefined) return base;
  const rates = await ratesOf(request, { effect: planted, done: request.studies, total });
  const spread = plantedSd === undefined ? {} : { spread: plantedSd };
  return { ...base, planted: { effect: planted, ...spread, rates } };
}

interface Batch {
  readonly effect: number;
  readonly done: number;
  readonly total: number;
}

/** Of studies with the candidate planted, or without one: effect 0. */
export async function ratesOf(request: NullRequest, batch: Batch): Promise<readonly RuleRates[]> {
  const outcomes: StudyOutcome[] = [];
  for (let i = 0; i < request.studies; i++) {
    const seed = `${request.seed}/${request.noise}/${batch.effect}/${i}`;
    outcomes.push(await runSimulated({ ...request, planted: batch.effect, seed }));
    request.onStudy?.(batch.done + i + 1, batch.total);
  }
  return RULE_NAMES.map((rule) => ruleRates(request, { rule, effect: batch.effect, outcomes }));
}

function ruleRates(
  { studies }: NullRequest,
  of: {
    readonly rule: RuleName;
    readonly effect: number;
    readonly outcomes: readonly StudyOutcome[];
  },
): RuleRates {
  const { rule, effect, outcomes } = of;
  const share = (is: (outcome: StudyOutcome) => boolean): Rate => {
    const count = outcomes.filter(is).length;
    return { count, of: studies, rate: count / studies, interval: wilson(count, studies) };
  };
  const sumOf = (figure: 'evaluations' | 'candidates'): number =>
    outcomes.reduce((sum, outcome) => sum + outcome[rule][figure], 0);
  return {
    rule,
    falsePromotion: share((outcome) => outcome[rule].falsePromotions > 0),
    ...(effect > 0 ? { found: share((outcome) => outcome[rule].foundPlanted) } : {}),
    evaluationsPerCandidate: sumOf('evaluations') / sumOf('candidates'),
  };
}

export function nullReportJson(report: NullReport): Json {
  return { schema: 'paceline.null/1', ...JSON.parse(JSON.stringify(report)) } as Json;
}
