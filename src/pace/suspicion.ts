/**
 * C17: whom to look at again. Suspicion is the largest that any check has, never a mean: nine checks that
 * see nothing must not drown the one that does. A share of all promotions goes to a deep audit at once,
 * ranked and by chance; what chance picks estimates what the ranking misses.
 */
import type { Hash } from '../core/hash.ts';
import type { Rng, RngRoot } from '../core/rng.ts';
import type { SealedFinding } from '../core/verdict.ts';
import { wilson } from '../stats/wilson.ts';

/** Shares of the promotions that are audited at once (safety.md §3). */
export const RANKED_SHARE = 0.02;
export const UNIFORM_SHARE = 0.01;
/** Promotions that the rank is among: the most recent. */
const WINDOW = 200;

/** 0 to 1; 0 without findings. What names no suspicion has that of its verdict. */
export function suspicionOf(findings: readonly Odd[]): number {
  return Math.max(0, ...findings.map(({ suspicion, verdict }) => suspicion ?? BY_VERDICT[verdict]));
}

type Odd = Pick<SealedFinding, 'suspicion' | 'verdict'>;

const BY_VERDICT: Readonly<Record<Odd['verdict'], number>> = {
  pass: 0,
  inconclusive: 0.5,
  fail: 1,
};

export interface Suspect {
  readonly ticket: string;
  readonly suspicion: number;
}

export type Sampled = 'ranked' | 'uniform' | undefined;

/**
 * Whether a promotion is audited at once. `ranked`: with those before it in the window it is among the most
 * suspicious 2 %, a tie broken by chance, and one that nothing at all is odd about is not. `uniform`: one
 * in a hundred, whatever its rank, so it is drawn first.
 *
 * @param history Promotions before this one, oldest first.
 * @param rng A stream of the gatekeeper's secret for this ticket: no proposer can wait for a gap.
 */
export function sampled(suspect: Suspect, history: readonly Suspect[], rng: Rng): Sampled {
  const isUniform = rng.float() < UNIFORM_SHARE;
  const tie = rng.float();
  if (isUniform) return 'uniform';
  const { suspicion } = suspect;
  if (suspicion <= 0) return undefined;
  const before = history.filter(({ ticket }) => ticket !== suspect.ticket).slice(-(WINDOW - 1));
  const above = before.filter((one) => one.suspicion > suspicion).length;
  const equal = before.filter((one) => one.suspicion === suspicion).length;
  const places = RANKED_SHARE * (before.length + 1);
  const chance = (places - above) / (equal + 1);
  return tie < chance ? 'ranked' : undefined;
}

/** A verdict of the floor, as the gatekeeper keeps it. */
export interface Judged {
  readonly candidate: Hash;
  readonly against: Hash;
  readonly verdict: 'pass' | 'fail' | 'deferred';
  readonly findings: readonly Odd[];
}

/**
 * Whether what the floor just let pass is audited as soon as it is promoted: a function of the verdicts of the study
 * and of the gatekeeper's secret, so that it can be derived again once that is revealed.
 *
 * @param before Verdicts given before this one, oldest first.
 */
export function sampleOf(before: readonly Judged[], judged: Judged, secrets: RngRoot): Sampled {
  if (judged.verdict !== 'pass') return undefined;
  const history = before.filter(({ verdict }) => verdict === 'pass').map(suspectOf);
  const suspect = suspectOf(judged);
  return sampled(suspect, history, secrets.stream(-1, `sample\n${suspect.ticket}`));
}

function suspectOf({ candidate, against, findings }: Judged): Suspect {
  return { ticket: `${candidate} ${against}`, suspicion: suspicionOf(findings) };
}

export interface MissRate {
  /** Audits by chance that came to a verdict. */
  readonly n: number;
  readonly missed: number;
  readonly rate: number | undefined;
  /** Wilson, 95 %, both sides. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * The share of what passed the floor that a deep audit refuses, from those that chance picked alone. Those
 * that were ranked say nothing about it: they were picked for being odd.
 */
export function missRate(
  audits: readonly {
    readonly sampled: Sampled;
    readonly verdict: 'pass' | 'fail' | 'deferred';
  }[],
): MissRate {
  const decided = audits.filter(
    ({ sampled: by, verdict }) => by === 'uniform' && verdict !== 'deferred',
  );
  const n = decided.length;
  const missed = decided.filter(({ verdict }) => verdict === 'fail').length;
  const [lower, upper] = wilson(missed, n);
  return { n, missed, rate: n === 0 ? undefined : missed / n, lower, upper };
}
