/** Two score cards for every proposer and person: how well the work is done, and how good the ideas are. */
import { type ForecastScore, type Scored, scoreOf } from '../../stats/forecast-score.ts';
import { median } from '../../stats/summary.ts';
import { wilson } from '../../stats/wilson.ts';
import type { CardTally, Idea, ProposerTally } from './tally.ts';

/** A share with its 95 % interval. */
export interface Share {
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly n: number;
}

export interface ExecutionCard {
  readonly by: string;
  readonly trials: number;
  /** Of the candidates offered: fit to be measured. */
  readonly valid: Share;
  /** Of those measured: with a score, neither crashed nor out of time. */
  readonly reliable: Share;
  /** Proposals that the arm knew. */
  readonly copies: number;
  readonly evals: number;
  readonly cpuMs: number;
  /** Of it, what choosing among drafts took. */
  readonly tasteMs: number;
  readonly tokens: number;
  readonly usd: number;
}

/** On trials that nobody chose, and the promotions of all. */
export interface IdeationCard {
  readonly by: string;
  /** Better than the candidate it came from, as the screen saw it. */
  readonly hits: Share;
  /** Measured more than 2 noise scales away from it, in either direction. */
  readonly bold: Share;
  readonly promoted: number;
  /** What the study's taste expected of its ideas, and what it expected itself, where it said so. */
  readonly taste: ForecastScore;
  readonly own?: ForecastScore;
}

export interface Forecaster {
  readonly by: string;
  readonly kind: 'taste' | 'person';
  readonly score: ForecastScore;
}

export interface Cards {
  /** Absent in studies that expect nothing. */
  readonly taste?: { readonly use: string; readonly drafts: number; readonly explore: number };
  /** Share of the trials that nobody chose that were better than what they came from. */
  readonly baseRate: Share;
  readonly screening: { readonly cpuMs: number; readonly tasteMs: number };
  readonly execution: readonly ExecutionCard[];
  readonly ideation: readonly IdeationCard[];
  readonly forecasters: readonly Forecaster[];
}

/** An idea is bold that moves the score so far, in noise scales. */
const BOLD = 2;

/** One disaster counts for no more than this, as in a screen (claims/screen.ts). */
const CLIP = 3.5;

export function cardsOf(tally: CardTally): Cards {
  const { opened, judged, better, scale } = tally;
  const proposers = [...tally.proposers.values()];
  const score = (all: readonly Scored[]): ForecastScore => scoreOf(clipped(all, scale));
  const taste = opened?.taste;
  return {
    ...(taste ? { taste } : {}),
    baseRate: share(better, judged),
    screening: {
      cpuMs: sum(proposers, ({ cpuMs }) => cpuMs),
      tasteMs: sum(proposers, ({ tasteMs }) => tasteMs),
    },
    execution: proposers.map(executionOf),
    ideation: proposers.map((one) => ({
      by: one.by,
      hits: share(one.ideas.filter((idea) => idea.better).length, one.ideas.length),
      bold: boldness(one.ideas, scale),
      promoted: one.promoted,
      taste: score(one.expected),
      ...(one.own.length > 0 ? { own: score(one.own) } : {}),
    })),
    forecasters: [
      ...(taste ? [{ by: taste.use, kind: 'taste' as const, score: score(tally.taste) }] : []),
      ...[...tally.people].map(([by, all]) => ({ by, kind: 'person' as const, score: score(all) })),
    ],
  };
}

function executionOf(one: ProposerTally): ExecutionCard {
  const { by, trials, copies, evals, cpuMs, tasteMs, tokens, microUsd } = one;
  const valid = share(one.valid, one.offered);
  const reliable = share(one.scored, one.valid);
  return {
    by,
    trials,
    valid,
    reliable,
    copies,
    evals,
    cpuMs,
    tasteMs,
    tokens,
    usd: microUsd / 1e6,
  };
}

/** Where nothing scatters every change is one. */
function boldness(ideas: readonly Idea[], scale: number): Share {
  const gains = ideas.flatMap(({ gain }) => (gain === undefined ? [] : [Math.abs(gain)]));
  const far = gains.filter((gain) => (scale > 0 ? gain > BOLD : gain > 0)).length;
  return share(far, gains.length);
}

/** Without a noise scale the usual change stands for it. */
function clipped(all: readonly Scored[], scale: number): readonly Scored[] {
  const moved = all.flatMap(({ gain = 0 }) => (gain === 0 ? [] : [Math.abs(gain)]));
  const unit = scale > 0 || moved.length === 0 ? 1 : median(moved);
  const most = CLIP * unit;
  return all.map((one) =>
    one.gain === undefined ? one : { ...one, gain: Math.max(-most, Math.min(most, one.gain)) },
  );
}

function share(part: number, n: number): Share {
  return { value: n === 0 ? 0 : part / n, interval: wilson(part, n), n };
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
