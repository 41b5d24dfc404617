import { orient, unorient } from '../../claims/orient.ts';
import { isOnFreshCases, pairEvals } from '../../claims/pairs.ts';
import { charge } from '../../core/accounts.ts';
import type { StoredEvent } from '../../core/events.ts';
import { blockInterval } from '../../stats/block.ts';
import { addPairs, newPairs, type PairSeries } from './pair-series.ts';
import { INTERVAL_LEVEL, metricOf } from './pairs.ts';
import {
  armOf,
  type Confirmed,
  challengerOf,
  count,
  keepBest,
  MAIN_ARM,
  type Settled,
  type Tally,
} from './tally.ts';
import type { Climb } from './trajectory.ts';

/** Unconfirmed challengers a report names. */
const UNCONFIRMED_SHOWN = 5;

/** Counts evaluations as the engine does: the final comparison is charged to no arm. */
export function tallyPairs(tally: Tally, event: StoredEvent<'measurement.recorded'>): void {
  const { body, trial = -1 } = event;
  const evals = pairEvals(body);
  if (isOnFreshCases(body)) tally.drawn += body.cases.length;
  if (body.purpose === 'control' || body.purpose === 'final') {
    tally.finalEvals += evals;
    const all = body.purpose === 'final' ? tally.islands.finals : tally.comparing;
    const series = all.get(body.arm) ?? newPairs();
    addPairs(series, event.seq, body);
    all.set(body.arm, series);
    return;
  }
  const fold = tally.opened?.body.fold;
  charge(tally, armOf(tally, body.arm), { spent: body.purpose, evals, fold });
  // What the verifier of an exact study says is decision and gain in one.
  if (body.purpose === 'block' || body.claimed)
    addPairs(challengerOf(tally, trial).block, event.seq, body);
}

export function tallyConfirmed(tally: Tally, event: Confirmed): void {
  const { body, trial = -1 } = event;
  const arm = armOf(tally, body.arm);
  arm.confirms += 1;
  arm.evals += body.pool?.evals ?? 0;
  if (body.arm === MAIN_ARM && body.logE !== undefined) tally.evidence.push(body.logE);
  const challenger = challengerOf(tally, trial);
  if (body.verdict === 'accepted' && body.arm === MAIN_ARM) {
    challenger.confirmed = event;
    return;
  }
  tally.challengers.delete(trial);
  if (body.verdict === 'accepted') {
    count(tally.ends, 'adopted');
    const gain = body.effect ?? 0;
    arm.climbs.push({ seq: event.seq, trial, evals: arm.evals, gain });
    return;
  }
  count(tally.ends, 'unconfirmed');
  if (body.arm === MAIN_ARM) {
    tally.alphaSpent += body.alpha ?? 0;
    if (isUnfit(event)) {
      tally.unfit.attempts += 1;
      tally.unfit.first ??= event;
    }
  }
  const item = { confirmed: event, settled: challenger.settled };
  const rank = (one: { readonly confirmed: Confirmed }): number => rankOf(one.confirmed);
  keepBest<{ confirmed: Confirmed; settled: Settled | undefined }>(tally.unconfirmed, item, {
    size: UNCONFIRMED_SHOWN,
    rank,
  });
}

/** Ended by a pair that the method was promised not to see, not by a guard and not for want of evidence. */
function isUnfit({ body }: Confirmed): boolean {
  const isHeldBack = body.guards?.some(({ verdict }) => verdict !== 'passed' && verdict !== 'open');
  return body.alpha !== undefined && body.why !== undefined && !isHeldBack;
}

/** Strength of evidence; of an exact study the gain, a missing value last. */
function rankOf({ body }: Confirmed): number {
  return body.logE ?? body.effect ?? Number.NEGATIVE_INFINITY;
}

export function tallyPromoted(tally: Tally, event: StoredEvent<'candidate.promoted'>): void {
  const { body, trial = -1 } = event;
  const arm = armOf(tally, body.arm);
  const { settled, confirmed, block } = challengerOf(tally, trial);
  tally.challengers.delete(trial);
  tally.promotions.push({ promoted: event, settled, confirmed, block });
  const own = ownLevel(tally, block);
  const climb = { seq: event.seq, trial, evals: arm.evals, gain: body.gain };
  arm.climbs.push(own ? { ...climb, own } : climb);
  count(tally.ends, 'promoted');
}

/** The candidate's own mean in its block with its t-interval; undefined without two scores. */
function ownLevel(tally: Tally, { values }: PairSeries): Climb['own'] {
  const metric = metricOf(tally);
  const scores = values.flatMap((value) => (value === null ? [] : [orient(metric, value)]));
  if (scores.length < 2) return undefined;
  const { mean, lower, upper } = blockInterval(scores, INTERVAL_LEVEL);
  const [level, ...ends] = [mean, lower, upper].map((one) => unorient(metric, one));
  const [from = 0, to = 0] = ends.sort((a, b) => a - b);
  return { level: level ?? 0, range: [from, to] };
}
