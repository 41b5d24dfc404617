/** Figures of the public record as programs of others get them: numbers with their unit, n and interval. */
import { gainFigure, levelOf, type Metric } from '../../claims/orient.ts';
import type { EventBody } from '../../core/events.ts';
import { gainUnit } from '../../reporters/report/number-text.ts';
import type { PublicRecord, PublicTrial } from './public-record.ts';

export interface Gain {
  /** Positive is better; of times how many times as fast. */
  readonly gain: number;
  readonly unit: string;
  readonly interval?: readonly number[];
  readonly pairs: number;
}

type Sized = Pick<EventBody['candidate.promoted'], 'gain' | 'interval' | 'n'>;

export function gainOf({ gain, interval, n }: Sized, metric: Metric): Gain {
  return {
    gain: gainFigure(metric, gain),
    unit: gainUnit(metric),
    ...(interval ? { interval: interval.map((one) => gainFigure(metric, one)) } : {}),
    pairs: n,
  };
}

/** Level of a screen, noisy and no claim; absent without a score. */
export function screenOf({ values, againstValues }: PublicTrial, metric: Metric) {
  const level = levelIn(metric, values);
  if (level === undefined) return {};
  const incumbent = levelIn(metric, againstValues ?? []);
  return {
    screen: {
      level,
      unit: metric.unit,
      cases: values.filter((value) => value !== null).length,
      ...(incumbent === undefined ? {} : { incumbentBesideIt: incumbent }),
    },
  };
}

function levelIn(metric: Metric, values: readonly (number | null)[]): number | undefined {
  const scores = values.filter((value) => value !== null);
  return scores.length === 0 ? undefined : levelOf(metric, scores);
}

/** What a study is about. That a gain is being measured would say what a confirm found, and then what a gate did. */
export function publicPhase(phase: string): string {
  return phase.replace(/^(confirming|measuring the gain of) /, 'a challenge of the incumbent by ');
}

/** What became of a trial, as far as everybody may know. */
export function fateOf(
  { trial, end }: Pick<PublicTrial, 'trial' | 'end'>,
  { promotions, challenger }: Pick<PublicRecord, 'promotions' | 'challenger'>,
): string {
  if (promotions.some((one) => one.trial === trial)) return 'promoted';
  if (end !== undefined) return end;
  return trial === challenger
    ? 'challenges the incumbent: its confirm is under way'
    : 'challenged the incumbent and was not promoted';
}
