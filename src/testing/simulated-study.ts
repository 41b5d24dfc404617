/**
 * A whole study of simulated candidates under the real rule, and under deliberately broken versions
 * of it: a test of the rule that a broken rule would pass proves nothing.
 */
import { type Attempt, confirmSpec, confirmVerdict, maxPairs } from '../claims/decide.ts';
import type { SampledRule } from '../claims/rule.ts';
import {
  REFERENCE_EVERY_TRIALS,
  referenceOf,
  referenceSize,
  screenVerdict,
} from '../claims/screen.ts';
import type { Rng } from '../core/rng.ts';
import { floorSize, type NoiseFloor, noiseFloor } from '../stats/noise-floor.ts';
import type { NoiseMachine, NoiseModel } from '../stats/noise-models.ts';
import { eLondLevel, fwerLevel, lordPlusPlusLevel } from '../stats/online-testing.ts';
import { mean } from '../stats/summary.ts';

export type Mutant =
  /** The screen's lucky evaluations count again in the confirm. */
  | 'screen-data-reused'
  /** The confirm compares with the incumbent's recorded mean. */
  | 'cached-incumbent'
  /** Every attempt gets the whole error budget. */
  | 'fixed-level'
  /** All incumbent runs, then all candidate runs, never in random order. */
  | 'long-blocks'
  /** A failed attempt does not use up its index. */
  | 'index-not-advanced'
  /** LORD++ levels: controls a rate, not "any false promotion". */
  | 'lord-plus-plus';

export interface SimulatedStudy {
  readonly rule: SampledRule;
  readonly noise: NoiseModel;
  /** Candidates proposed. */
  readonly candidates: number;
  /** Gain of a proposal over its incumbent, in σ: 0 for A/A. */
  readonly gainOf: (candidate: number, rng: Rng) => number;
  readonly mutant?: Mutant;
}

export interface SimulatedResult {
  readonly attempts: number;
  /** Indices of the promoted candidates. */
  readonly promoted: readonly number[];
  /** Promotions of a candidate no better than its incumbent. */
  readonly falsePromotions: number;
  readonly evaluations: number;
}

interface Subject {
  readonly effect: number;
  readonly sd: number;
}

interface Run {
  readonly study: SimulatedStudy;
  readonly rng: Rng;
  readonly machine: NoiseMachine;
  readonly floor: NoiseFloor;
  reference: number[];
  evaluations: number;
  outcomes: boolean[];
}

export function simulateStudy(study: SimulatedStudy, rng: Rng): SimulatedResult {
  const run = openRun(study, rng);
  let incumbent: Subject = { effect: 0, sd: 1 };
  const promoted: number[] = [];
  let falsePromotions = 0;
  for (let i = 0; i < study.candidates; i++) {
    if (i % REFERENCE_EVERY_TRIALS === REFERENCE_EVERY_TRIALS - 1) {
      run.reference = [...run.reference.slice(1), evaluate(run, incumbent)];
    }
    const gain = study.gainOf(i, rng);
    const candidate = { effect: incumbent.effect + gain, sd: study.noise.candidateSd(rng) };
    const screened = screen(run, candidate);
    if (screened === undefined) continue;
    const accepted = confirm(run, { candidate, incumbent, screened });
    run.outcomes.push(accepted);
    if (!accepted) continue;
    promoted.push(i);
    if (gain <= 0) falsePromotions += 1;
    incumbent = candidate;
    run.reference = repeat(referenceSize(study.rule), () => evaluate(run, incumbent));
  }
  return { attempts: run.outcomes.length, promoted, falsePromotions, evaluations: run.evaluations };
}

function openRun(study: SimulatedStudy, rng: Rng): Run {
  const machine = study.noise.newMachine(rng);
  const size = floorSize(study.rule.smallestEffect);
  const values = repeat(size, () => machine.value(0, 1, rng));
  const reference = values.slice(-referenceSize(study.rule));
  const floor = noiseFloor(values);
  return { study, rng, machine, floor, reference, evaluations: size, outcomes: [] };
}

function evaluate(run: Run, subject: Subject): number {
  run.evaluations += 1;
  return run.machine.value(subject.effect, subject.sd, run.rng);
}

/** The evaluations of a promising candidate; undefined for a futile one. */
function screen(run: Run, candidate: Subject): readonly number[] | undefined {
  const values: number[] = [];
  const reference = referenceOf(run.reference);
  for (;;) {
    const verdict = screenVerdict(run.study.rule, run.floor, values, reference);
    if (verdict.verdict === 'promising') return values;
    if (verdict.verdict === 'futile') return undefined;
    values.push(...repeat(verdict.take, () => evaluate(run, candidate)));
  }
}

interface Duel {
  readonly candidate: Subject;
  readonly incumbent: Subject;
  readonly screened: readonly number[];
}

function confirm(run: Run, duel: Duel): boolean {
  const { rule, mutant } = run.study;
  const level = levelOf(run);
  const next = pairSource(run, duel, maxPairs(rule, level));
  const differences =
    mutant === 'screen-data-reused'
      ? duel.screened.map((value) => value - referenceOf(run.reference))
      : [];
  for (;;) {
    const spec = confirmSpec(rule, run.floor, differences);
    const attempt: Attempt = { level, spec };
    const verdict = confirmVerdict(rule, attempt, differences);
    if (verdict.verdict !== 'more') return verdict.verdict === 'accepted';
    // As the engine asks: what is drawn beyond the deciding pair is spent and ignored.
    differences.push(...repeat(verdict.take, next));
  }
}

function levelOf({ study, outcomes }: Run): number {
  const { alpha, mode } = study.rule;
  const accepted = outcomes.filter(Boolean).length;
  if (study.mutant === 'fixed-level') return alpha;
  if (study.mutant === 'index-not-advanced') return fwerLevel(alpha, 1);
  if (study.mutant === 'lord-plus-plus') return lordPlusPlusLevel(alpha, outcomes);
  return mode === 'fwer'
    ? fwerLevel(alpha, outcomes.length - accepted + 1)
    : eLondLevel(alpha, outcomes.length + 1, accepted);
}

/** Where the differences come from: fresh pairs in random order, or a mutant's shortcut. */
function pairSource(run: Run, duel: Duel, limit: number): () => number {
  const { candidate, incumbent } = duel;
  if (run.study.mutant === 'cached-incumbent') {
    const recorded = mean(run.reference);
    return () => evaluate(run, candidate) - recorded;
  }
  if (run.study.mutant === 'long-blocks') {
    const against = repeat(limit, () => evaluate(run, incumbent));
    const ours = repeat(limit, () => evaluate(run, candidate));
    let i = -1;
    return () => {
      i += 1;
      return (ours[i] ?? 0) - (against[i] ?? 0);
    };
  }
  return () => {
    if (run.rng.int(2) === 0) return evaluate(run, candidate) - evaluate(run, incumbent);
    const against = evaluate(run, incumbent);
    return evaluate(run, candidate) - against;
  };
}

function repeat(times: number, draw: () => number): number[] {
  return Array.from({ length: times }, draw);
}
