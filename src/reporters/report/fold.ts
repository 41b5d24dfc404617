/**
 * One pass over a ledger into a tally. It folds any subset of entries, so that the audit can show it
 * a fact's own entries and no other.
 */
import { charge } from '../../core/accounts.ts';
import type { EventType, StoredEvent } from '../../core/events.ts';
import { cpuOf } from '../../pace/fold.ts';
import { addToCards } from '../cards/tally.ts';
import { followFate } from './fates.ts';
import { seeFollowOns } from './follow-ons.ts';
import { armOf, count, MAIN_ARM, type Tally } from './tally.ts';
import { tallyConfirmed, tallyPairs, tallyPromoted } from './tally-decisions.ts';
import { tallyQueried, tallySealed } from './tally-holdout.ts';
import { tallyBooked, tallyLost, tallyReserved } from './tally-money.ts';
import { SAFETY_TALLIES } from './tally-safety.ts';
import { tallySettled } from './tally-trials.ts';

type Handlers = { readonly [T in EventType]: (tally: Tally, event: StoredEvent<T>) => void };

const HANDLERS: Handlers = {
  'study.opened': (tally, event) => {
    tally.opened = event;
  },
  'study.resumed': (tally, event) => {
    tally.resumed.push(event.seq);
    tallyLost(tally);
    const { isolation } = event.body;
    if (isolation !== undefined && isolation !== tally.opened?.body.isolation) {
      tally.moved.push({ seq: event.seq, isolation });
    }
  },
  'study.closed': (tally, event) => {
    tally.closed = event;
  },
  'study.steered': (tally, event) => {
    tally.steered.push(event);
    if (event.body.declines !== undefined) count(tally.ends, 'declined');
  },
  'spend.reserved': tallyReserved,
  'spend.settled': tallyBooked,
  'proposal.made': () => undefined,
  'proposal.step': () => undefined,
  'forecast.made': () => undefined,
  'follow-ons.proposed': () => undefined,
  'noise.measured': (tally, event) => {
    tally.floor = event;
    const fold = tally.opened?.body.fold;
    const evals = event.body.values.length;
    charge(tally, armOf(tally, MAIN_ARM), { spent: 'floor', evals, fold });
  },
  'trial.settled': tallySettled,
  'measurement.recorded': tallyPairs,
  'trial.confirmed': tallyConfirmed,
  'candidate.promoted': tallyPromoted,
  'arm.compared': (tally, event) => {
    tally.comparisons.push(event);
  },
  'islands.compared': (tally, event) => {
    tally.islands.judged = event;
  },
  'holdout.sealed': tallySealed,
  'holdout.queried': tallyQueried,
  'holdout.revealed': (tally, event) => {
    tally.holdout.revealed.push(event);
  },
  ...SAFETY_TALLIES,
};

export function addToTally(tally: Tally, event: StoredEvent): void {
  const handle = HANDLERS[event.type] as (t: Tally, e: StoredEvent) => void;
  handle(tally, event);
  followFate(tally.fates, event);
  addToCards(tally.cards, event);
  seeFollowOns(tally.followOns, event);
  const { isSafety, ms: cpuMs } = cpuOf(event);
  if (isSafety) tally.safetyCpuMs += cpuMs;
  else tally.cpuMs += cpuMs;
  tally.head = { seq: event.seq, hash: event.hash };
  const ms = event.meta.wallMs ?? 0;
  if (ms > tally.active.ms) tally.active = { ms, seq: event.seq };
}
