/** What a study proposes to try next, read from its ledger: for `status`, `show` and programs of others. */
import type { EventBody } from '../core/events.ts';
import type { FollowOn } from '../core/follow-ons.ts';
import { followFate } from '../reporters/report/fates.ts';
import {
  FOLLOW_ON_TYPES,
  type FollowOnView,
  followOnWords,
  hitRates,
  newFollowOnsSeen,
  nextOnes,
  rateWords,
  seeFollowOns,
  viewOf,
} from '../reporters/report/follow-ons.ts';
import type { Ledger } from '../stores/contract.ts';
import { type StudyPlace, withLedger } from './read-ledger.ts';

export interface NextStatus {
  /** The last follow-ons, in words. */
  readonly next?: readonly string[];
  /** How often each kind was right. */
  readonly hitRates?: readonly string[];
}

type Metric = EventBody['study.opened']['metric'];

/** Trials are read from the first proposal on alone: where there is none, nothing is. */
async function seenIn(ledger: Pick<Ledger, 'read'>) {
  const seen = newFollowOnsSeen();
  const first = await firstSeq(ledger);
  if (first === undefined) return seen;
  for await (const page of ledger.read(first - 1, { types: FOLLOW_ON_TYPES })) {
    for (const event of page) {
      followFate(seen.fates, event);
      seeFollowOns(seen, event);
    }
  }
  return seen;
}

async function firstSeq(ledger: Pick<Ledger, 'read'>): Promise<number | undefined> {
  for await (const [first] of ledger.read(0, { types: ['follow-ons.proposed'] })) {
    if (first) return first.seq;
  }
  return undefined;
}

/** Nothing of a study that proposed nothing. */
export async function nextStatus(
  ledger: Pick<Ledger, 'read'>,
  metric: Metric | undefined,
): Promise<NextStatus> {
  if (metric === undefined) return {};
  const seen = await seenIn(ledger);
  if (seen.proposed.length === 0) return {};
  const next = nextOnes(seen, metric).map(followOnWords);
  return { next, hitRates: hitRates(seen).map(rateWords) };
}

interface ToldFollowOn extends FollowOnView {
  readonly candidate?: FollowOn['candidate'];
}

export interface ToldOccasion
  extends Pick<EventBody['follow-ons.proposed'], 'why' | 'about' | 'incumbent' | 'notApplicable'> {
  readonly next: readonly ToldFollowOn[];
}

/** As `show` prints them below what leads. */
export function readNext({ root, id }: StudyPlace, metric: Metric): Promise<NextStatus> {
  return withLedger({ root, id }, (ledger) => nextStatus(ledger, metric));
}

/** Every follow-on of an occasion that everybody may know of: what a confirm said is not told. */
export async function followOnsTold(ledger: Pick<Ledger, 'read'>, metric: Metric) {
  const seen = await seenIn(ledger);
  const open = seen.proposed.filter(({ body }) => body.why !== 'unconfirmed');
  const told = (one: FollowOn, seq: number): ToldFollowOn => ({
    ...viewOf(seen, { one, seq }, metric),
    ...(one.candidate ? { candidate: one.candidate } : {}),
  });
  return {
    occasions: open.map(
      ({ body, seq }): ToldOccasion => ({
        why: body.why,
        about: body.about,
        incumbent: body.incumbent,
        next: body.next.map((one) => told(one, seq)),
        notApplicable: body.notApplicable,
      }),
    ),
    rates: hitRates({ ...seen, proposed: open }),
  };
}
