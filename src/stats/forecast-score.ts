/**
 * How good forecasts were: Brier score and its skill over the base rate (Brier 1950; Murphy, J. Appl. Meteorol.
 * 12:595, 1973), the area under the ROC curve, a table of reliability, and the regret of choosing by them.
 */
import { normalQuantile } from './distributions.ts';
import { rocOf } from './roc.ts';
import { mean } from './summary.ts';
import { wilson } from './wilson.ts';

export interface Scored {
  /** Said before, 0 to 1. Absent: only an order was said. */
  readonly chance?: number;
  /** What orders forecasts: the chance, or a size. */
  readonly rank: number;
  readonly better: boolean;
  /** What came of it, in any unit; absent where it has none. */
  readonly gain?: number;
}

export interface Figure {
  readonly value: number;
  /** 95 %, both sides. */
  readonly interval: readonly [number, number];
  readonly n: number;
}

export interface Reliability {
  /** Chances from (included) to (excluded; the last included). */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly said: number;
  readonly came: number;
  readonly interval: readonly [number, number];
}

export interface ForecastScore {
  readonly n: number;
  /** Share that turned out better. */
  readonly baseRate: Figure;
  /** Absent without chances. */
  readonly brier?: number;
  /** 1 − Brier score over that of always saying the base rate: 0 says no more than it, 1 everything. */
  readonly skill?: Figure;
  readonly area?: Figure;
  readonly reliability: readonly Reliability[];
  /** Loss of choosing the better of two by rank, in losses of choosing by a coin: 0 never errs, 1 is a coin. */
  readonly regret?: Figure;
}

/** With fewer of either kind there is nothing to say but the counts. */
export const LEAST_OF_EACH = 5;

/** Narrow where base rates of searches lie. */
const EDGES = [0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1] as const;

export function scoreOf(all: readonly Scored[]): ForecastScore {
  const n = all.length;
  const good = all.filter(({ better }) => better).length;
  const baseRate = { value: n === 0 ? 0 : good / n, interval: wilson(good, n), n };
  const told = { n, baseRate, reliability: reliabilityOf(all) };
  if (Math.min(good, n - good) < LEAST_OF_EACH) return told;
  const ranks = (better: boolean): number[] =>
    all.flatMap((one) => (one.better === better ? [one.rank] : []));
  const { area, interval } = rocOf(ranks(true), ranks(false));
  const regret = regretOf(all);
  return {
    ...told,
    ...brierOf(all),
    ...(area !== undefined && interval ? { area: { value: area, interval, n } } : {}),
    ...(regret ? { regret } : {}),
  };
}

function brierOf(all: readonly Scored[]): Pick<ForecastScore, 'brier' | 'skill'> {
  const said = all.flatMap(({ chance, better }) =>
    chance === undefined ? [] : [{ chance, came: better ? 1 : 0 }],
  );
  const rate = mean(said.map(({ came }) => came));
  const errors = said.map(({ chance, came }) => (chance - came) ** 2);
  const usual = said.map(({ came }) => (rate - came) ** 2);
  if (said.length < all.length || mean(usual) === 0) return {};
  const gains = usual.map((one, i) => one - (errors[i] as number));
  return { brier: mean(errors), skill: ratioOf(gains, usual) };
}

function reliabilityOf(all: readonly Scored[]): readonly Reliability[] {
  return EDGES.slice(1).flatMap((to, i) => {
    const from = EDGES[i] as number;
    const within = all.flatMap(({ chance, better }) =>
      chance !== undefined && chance >= from && (chance < to || to === 1)
        ? [{ chance, better }]
        : [],
    );
    const n = within.length;
    if (n === 0) return [];
    const good = within.filter(({ better }) => better).length;
    const said = mean(within.map(({ chance }) => chance));
    return [{ from, to, n, said, came: good / n, interval: wilson(good, n) }];
  });
}

/**
 * Over all pairs of forecasts with a gain. Both losses are U-statistics, so the variance of their ratio is that
 * of the means of rows (Hoeffding, Ann. Math. Stat. 19:293, 1948), and a pair counts for both of its rows.
 */
function regretOf(all: readonly Scored[]): Figure | undefined {
  const known = all.flatMap(({ rank, gain }) => (gain === undefined ? [] : [{ rank, gain }]));
  const n = known.length;
  if (n < 2 * LEAST_OF_EACH) return undefined;
  const loss = new Float64Array(n);
  const coin = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const a = known[i] as { rank: number; gain: number };
    for (let j = i + 1; j < n; j++) {
      const b = known[j] as { rank: number; gain: number };
      const apart = Math.abs(a.gain - b.gain);
      const isTie = a.rank === b.rank;
      const lost = isTie ? apart / 2 : a.rank > b.rank === a.gain > b.gain ? 0 : apart;
      loss[i] = (loss[i] as number) + lost / (n - 1);
      loss[j] = (loss[j] as number) + lost / (n - 1);
      coin[i] = (coin[i] as number) + apart / 2 / (n - 1);
      coin[j] = (coin[j] as number) + apart / 2 / (n - 1);
    }
  }
  return mean([...coin]) === 0 ? undefined : ratioOf([...loss], [...coin], PAIRED_ROWS);
}

/** Each pair is in two rows: their means vary twice as much as those of a plain mean. */
const PAIRED_ROWS = 2;

/** Ratio of two means over the same units, with its delta-method interval; `weight` of a U-statistic's rows. */
function ratioOf(above: readonly number[], below: readonly number[], weight = 1): Figure {
  const n = above.length;
  const scale = mean(below);
  const value = mean(above) / scale;
  const pulls = above.map((one, i) => (one - value * (below[i] as number)) / scale);
  const variance = pulls.reduce((sum, one) => sum + one * one, 0) / (n - 1);
  const half = normalQuantile(0.975) * weight * Math.sqrt(variance / n);
  return { value, interval: [value - half, value + half], n };
}
