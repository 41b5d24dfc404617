/** What the engine proposed to try next, what came of it, and how often each kind was right. */
import { isRight } from '../../claims/follow-on-book.ts';
import type { Measure } from '../../claims/orient.ts';
import type { StoredEvent } from '../../core/events.ts';
import { FOLLOW_ON_KINDS, type FollowOn, type FollowOnKind } from '../../core/follow-ons.ts';
import type { Fates } from './fates.ts';
import { countText, differenceText, intervalText } from './number-text.ts';

type Proposed = StoredEvent<'follow-ons.proposed'>;

/** Of the entries read so far. */
export interface FollowOnsSeen {
  readonly proposed: Proposed[];
  /** Trials that tried one, by its number. */
  readonly settled: Map<number, StoredEvent<'trial.settled'>>;
  readonly promoted: Map<number, number>;
  readonly fates: Fates;
}

/** @param fates Folded by the caller, who may have other uses for them. */
export function newFollowOnsSeen(fates: Fates = new Map()): FollowOnsSeen {
  return { proposed: [], settled: new Map(), promoted: new Map(), fates };
}

export const FOLLOW_ON_TYPES = [
  'follow-ons.proposed',
  'trial.settled',
  'trial.confirmed',
  'candidate.promoted',
  'study.closed',
] as const;

export function seeFollowOns(seen: FollowOnsSeen, event: StoredEvent): void {
  if (event.type === 'follow-ons.proposed') seen.proposed.push(event);
  if (event.type === 'trial.settled' && event.body.followOn) {
    seen.settled.set(event.body.followOn.number, event);
  }
  if (event.type === 'candidate.promoted') seen.promoted.set(event.trial ?? -1, event.seq);
}

/** Undefined while it has no answer, and where its trial could not give one. */
function rightness(seen: FollowOnsSeen, one: FollowOn): boolean | undefined {
  const settled = seen.settled.get(one.number);
  if (settled === undefined) return undefined;
  if (one.rightBelow === undefined && seen.promoted.has(one.trial)) return true;
  const { outcome, end, followOn } = settled.body;
  return isRight(one, {
    gain: followOn?.gain,
    isScored: outcome === 'scored' && end !== 'duplicate',
  });
}

export interface FollowOnView
  extends Pick<FollowOn, 'number' | 'kind' | 'trial' | 'hypothesis' | 'against' | 'evals'> {
  /** The gain that is expected, with its interval where it has one. */
  readonly expected: string;
  readonly became: string;
  readonly isRight?: boolean;
  /** Entries that say so. */
  readonly seqs: readonly number[];
}

/** The last ones that were proposed; none before the first. */
export function nextOnes(seen: FollowOnsSeen, measure: Measure): readonly FollowOnView[] {
  const last = seen.proposed.at(-1);
  return last === undefined
    ? []
    : last.body.next.map((one) => viewOf(seen, { one, seq: last.seq }, measure));
}

export function viewOf(
  seen: FollowOnsSeen,
  { one, seq }: { readonly one: FollowOn; readonly seq: number },
  measure: Measure,
): FollowOnView {
  const { number, kind, trial, hypothesis, against, evals } = one;
  const fate = seen.fates.get(trial);
  const right = rightness(seen, one);
  return {
    number,
    kind,
    trial,
    hypothesis,
    against,
    evals,
    expected: expectedText(one, measure),
    became: fate?.words ?? 'waits for its turn',
    ...(right === undefined ? {} : { isRight: right }),
    seqs: fate?.seqs ?? [seq],
  };
}

export function expectedText({ expected, expectedInterval }: FollowOn, measure: Measure): string {
  return expectedInterval
    ? intervalText(expected, expectedInterval, measure)
    : differenceText(expected, measure);
}

export interface HitRate {
  readonly kind: FollowOnKind;
  readonly proposed: number;
  readonly answered: number;
  readonly right: number;
}

/** Of each kind that was proposed. */
export function hitRates(seen: FollowOnsSeen): readonly HitRate[] {
  const all = seen.proposed.flatMap(({ body }) => body.next);
  return FOLLOW_ON_KINDS.flatMap((kind) => {
    const ours = all.filter((one) => one.kind === kind);
    const answers = ours.map((one) => rightness(seen, one)).filter((one) => one !== undefined);
    const right = answers.filter(Boolean).length;
    return ours.length === 0
      ? []
      : [{ kind, proposed: ours.length, answered: answers.length, right }];
  });
}

export function rateWords({ kind, proposed, answered, right }: HitRate): string {
  return `${kind} ${countText(right)} of ${countText(answered)} right (${countText(proposed)} proposed)`;
}

/** One line of it. */
export function followOnWords(one: FollowOnView): string {
  const { kind, trial, hypothesis, expected, evals, against, became } = one;
  const answer =
    one.isRight === undefined ? '' : one.isRight ? ', as predicted' : ', not as predicted';
  return `${kind}, trial ${countText(trial)} (${became}${answer}): ${hypothesis} Expected gain ${expected}, about ${countText(evals)} evaluations. Against it: ${against}`;
}
