/**
 * What the first evaluations of the origin say about the evaluator itself, in sentences a person can
 * act on. It refuses nothing and decides nothing: each remark costs power, time or trust, never
 * validity. An evaluator that ignores its seed is refused before this (loop/floor.ts).
 */
import { type NoiseFloor, noiseFloor } from '../stats/noise-floor.ts';
import { iqrScale, median } from '../stats/summary.ts';
import { boundedReach } from './bounded-reach.ts';
import { shortNumber } from './claim.ts';
import { type Metric, orient } from './orient.ts';
import { type AcceptanceRule, defaultRule, type SampledRule } from './rule.ts';

export interface AuditReading {
  /** Of the origin on different seeds, in the order of measuring. */
  readonly values: readonly number[];
  /** The same seed twice, by the evaluator that decides. */
  readonly repeats: readonly (readonly [number, number])[];
  /** Search and judge both repeated themselves bit for bit. */
  readonly deterministic: boolean;
  /** True where the task says that its evaluator does not repeat itself. */
  readonly declaredNoisy?: boolean | undefined;
  /** Of an exact study: what the verifier says of the origin. One value is then all there should be. */
  readonly verified?: number | undefined;
}

export interface AuditRemark {
  readonly name:
    | 'flaky'
    | 'secretly deterministic'
    | 'no scale'
    | 'drifting'
    | 'heavy-tailed'
    | 'warm-up'
    | 'wide bound';
  /** What was seen and what to do. */
  readonly sentence: string;
}

/** As recorded: one of another release may lack what it did not say. */
export type AuditedRule = Partial<Omit<SampledRule, 'id' | 'mode'>> & {
  readonly mode?: AcceptanceRule['mode'];
};

/**
 * `metric`: which way a slow first run would be off. `rule`: what the noise has to fit.
 */
export function auditEvaluator(
  reading: AuditReading,
  metric: Pick<Metric, 'goal' | 'kind'>,
  rule?: AuditedRule,
): readonly AuditRemark[] {
  const { values, deterministic } = reading;
  const oriented = values.map((value) => orient(metric, value));
  const floor = noiseFloor(oriented);
  const found: (AuditRemark | undefined)[] = [
    repetition(reading),
    floor.zero && reading.verified === undefined ? NO_SCALE : undefined,
    // On seeds that repeat exactly the order of the values is the order of the instances.
    !deterministic && isWarmingUp(oriented) ? warmUp(metric) : undefined,
    !deterministic && floor.drifting ? DRIFTING : undefined,
    floor.heavyTailed ? HEAVY_TAILED : undefined,
    rule?.method === 'bounded' ? wideBound(rule, floor) : undefined,
  ];
  return found.filter((remark) => remark !== undefined);
}

function repetition(reading: AuditReading): AuditRemark | undefined {
  const { repeats, deterministic, declaredNoisy = false } = reading;
  if (deterministic) return declaredNoisy ? SECRETLY_DETERMINISTIC : undefined;
  if (declaredNoisy) return undefined;
  const differing = repeats.filter(([first, second]) => first !== second).length;
  const seen =
    differing > 0
      ? `${differing} of ${repeats.length} seeds gave another value when they were evaluated again`
      : 'the interpreter of the search gave another value for the same seed';
  return {
    name: 'flaky',
    sentence: `flaky: ${seen}. Draw all randomness from PACELINE_SEED, or say evaluator.deterministic: false; each pair is now measured alone and in random order.`,
  };
}

const SECRETLY_DETERMINISTIC: AuditRemark = {
  name: 'secretly deterministic',
  sentence:
    'secretly deterministic: declared noisy, but the same seed gave the same value bit for bit. Say evaluator.deterministic: true if that is meant; otherwise look for a cache or a clock that stands still.',
};

const NO_SCALE: AuditRemark = {
  name: 'no scale',
  sentence:
    'no scale: at least half of the seeds gave one and the same value, so σ is 0 and candidates are screened in pairs. Use larger or harder instances, or a metric with finer steps.',
};

const DRIFTING: AuditRemark = {
  name: 'drifting',
  sentence:
    'drifting: neighbouring evaluations agree far better than distant ones, so the machine moves under the measurement. Candidates are screened beside the incumbent; close other programs and fix the clock rate to spend less.',
};

const HEAVY_TAILED: AuditRemark = {
  name: 'heavy-tailed',
  sentence:
    'heavy-tailed: one evaluation lies more than six σ from the middle. Screens take more evaluations; look for interruptions, or average over more instances in one evaluation.',
};

function wideBound(recorded: AuditedRule, floor: NoiseFloor): AuditRemark | undefined {
  const { mode } = recorded;
  const rule = defaultRule({ ...recorded, mode: mode === 'e-lond' ? mode : 'fwer' });
  const reach = boundedReach(rule, floor);
  const planned = rule.smallestEffect * floor.scale;
  if (reach === undefined || floor.zero || reach.least <= planned) return undefined;
  const [least, wanted] = [reach.least, planned].map(shortNumber);
  return {
    name: 'wide bound',
    sentence: `wide bound: an attempt ends after ${reach.pairs} pairs and bets in shares of the range, so it can confirm no gain below ${least}; planned for is ${wanted}. Declare the largest difference that one pair can really show, or leave rule.method at symmetric.`,
  };
}

/** Of times the warm-up runs are gone already: what is seen here they did not take away. */
function warmUp({ kind }: Pick<Metric, 'kind'>): AuditRemark {
  const sentence =
    kind === 'time'
      ? 'warm-up: the first run is far slower than all later ones, although warm-up runs were discarded before it. Raise evaluator.warmup, or start again once the machine has settled.'
      : 'warm-up: the first evaluation is far worse than all that follow. Let the evaluator run once unmeasured before it measures.';
  return { name: 'warm-up', sentence };
}

/** A first value this many scales below the rest: with 11 normal values by chance once in hundreds. */
const WARM_UP_SCALES = 4;

/** `values` oriented and in time order. An outlier among the rest as well is a tail, not a start. */
function isWarmingUp([first = Number.NaN, ...rest]: readonly number[]): boolean {
  const limit = median(rest) - WARM_UP_SCALES * iqrScale(rest);
  return first < limit && rest.every((value) => value >= limit);
}

/** The audit as one line. */
export function auditLine(
  remarks: readonly AuditRemark[],
  { deterministic }: Pick<AuditReading, 'deterministic'>,
): string {
  if (remarks.length > 0) return remarks.map(({ sentence }) => sentence).join(' ');
  const repeats = deterministic ? 'it repeats itself' : 'it varies on one seed';
  return `${repeats} as declared and its noise is well-behaved.`;
}
