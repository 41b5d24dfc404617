/**
 * The keeps of a foreign loop against its noise (ADR 0038). The reference of a keep is the best value
 * kept before it, the baseline included: the luck that made it the best is in it, so that under the
 * null a gain over it is never larger than one over an unselected row. Each row tried is a chance to
 * be kept, so the level is shared by all of them (Bonferroni): over the whole file the chance of any
 * false survivor is at most α, whatever rule chose the keeps.
 */
import { logStudentCdf, normalCdf } from '../stats/distributions.ts';
import type { ObservedNoise, ObservedRow } from './observed-noise.ts';

export type KeepReason = 'survives' | 'among-many' | 'within-noise' | 'no-gain' | 'no-value';

export interface JudgedKeep {
  readonly row: number;
  readonly id: string | undefined;
  /** Rows with a value since the keep before, itself included. */
  readonly tried: number;
  /** Over the best kept before; higher is better. */
  readonly gain: number | undefined;
  /** The gain in σ of one row. */
  readonly sigmas: number | undefined;
  /** Chance of such a gain for this row alone, were it no better. */
  readonly p: number | undefined;
  readonly survives: boolean;
  readonly reason: KeepReason;
}

export interface Observed {
  readonly baseline: { readonly row: number; readonly id: string | undefined } | undefined;
  readonly keeps: readonly JudgedKeep[];
  readonly survivors: number;
  /** Rows with a value after the baseline: each had the chance to be kept. */
  readonly tried: number;
}

export function judgeKeeps(
  rows: readonly ObservedRow[],
  { noise, alpha }: { readonly noise: ObservedNoise; readonly alpha: number },
): Observed {
  const start = rows.findIndex(({ status, value }) => status === 'keep' && value !== undefined);
  const baseline = rows[start];
  if (baseline?.value === undefined)
    return { baseline: undefined, keeps: [], survivors: 0, tried: 0 };
  const after = rows.slice(start + 1);
  const tried = after.filter(hasValue).length;
  const keeps: JudgedKeep[] = [];
  let best = baseline.value;
  let since = 0;
  for (const row of after) {
    if (hasValue(row)) since += 1;
    if (row.status !== 'keep') continue;
    keeps.push(judged(row, { best, since, tried, noise, alpha }));
    best = Math.max(best, row.value ?? best);
    since = 0;
  }
  const survivors = keeps.filter(({ survives }) => survives).length;
  return { baseline: { row: baseline.row, id: baseline.id }, keeps, survivors, tried };
}

function hasValue({ status, value }: ObservedRow): boolean {
  return status !== 'crash' && value !== undefined;
}

interface Against {
  readonly best: number;
  readonly since: number;
  readonly tried: number;
  readonly noise: ObservedNoise;
  readonly alpha: number;
}

function judged({ row, id, value }: ObservedRow, against: Against): JudgedKeep {
  const { best, since: tried, noise, alpha } = against;
  if (value === undefined) {
    const unknown = { gain: undefined, sigmas: undefined, p: undefined };
    return { row, id, tried, ...unknown, survives: false, reason: 'no-value' };
  }
  const gain = value - best;
  const sigmas = gain / noise.sigma;
  const p = chance(sigmas, noise.df);
  const reason = reasonOf({ gain, p, alpha, tried: against.tried });
  return { row, id, tried, gain, sigmas, p, survives: reason === 'survives', reason };
}

/** Both rows scatter: the difference has √2 times the scale of one. */
function chance(sigmas: number, df: number): number {
  const t = -sigmas / Math.SQRT2;
  return df === Number.POSITIVE_INFINITY ? normalCdf(t) : Math.exp(logStudentCdf(t, df));
}

function reasonOf(of: {
  readonly gain: number;
  readonly p: number;
  readonly alpha: number;
  readonly tried: number;
}): KeepReason {
  if (of.gain <= 0) return 'no-gain';
  if (of.p <= of.alpha / of.tried) return 'survives';
  return of.p <= of.alpha ? 'among-many' : 'within-noise';
}
