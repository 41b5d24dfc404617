/** What one pass over a ledger keeps for a report: bounded by decisions and operators, not by trials. */
import type { StoredEvent } from '../../core/events.ts';
import { type CardTally, newCards } from '../cards/tally.ts';
import type { Fates } from './fates.ts';
import { type FollowOnsSeen, newFollowOnsSeen } from './follow-ons.ts';
import { type MoneyTally, newMoney } from './money-tally.ts';
import { newPairs, type PairSeries } from './pair-series.ts';
import { type Climb, newDots, type ThinnedDots } from './trajectory.ts';

export type Settled = StoredEvent<'trial.settled'>;
export type Confirmed = StoredEvent<'trial.confirmed'>;

/** The arm whose incumbent is promoted; every other arm is a control. */
export const MAIN_ARM = 'main';

export interface ArmTally {
  trials: number;
  evals: number;
  confirms: number;
  readonly dots: ThinnedDots;
  readonly climbs: Climb[];
}

export interface OperatorTally {
  readonly proposer: string;
  readonly operator: string;
  trials: number;
  admitted: number;
  challenged: number;
}

export interface FailureTally {
  /** Outcome and first words of the message. */
  readonly reason: string;
  trials: number;
  /** The first trial that ended so. */
  readonly first: Settled;
}

export interface StageTally {
  readonly name: string;
  /** Trials measured at it. */
  reached: number;
  /** Trials that ended by its threshold. */
  stopped: number;
  /** Trials below its threshold that were drawn to go on all the same. */
  checked: number;
  /** Of those, the ones that challenged the incumbent. */
  promising: number;
}

export interface PromotionTally {
  readonly promoted: StoredEvent<'candidate.promoted'>;
  readonly settled: Settled | undefined;
  readonly confirmed: Confirmed | undefined;
  readonly block: PairSeries;
}

/** A challenger on its way; entries of it may be missing when only some are folded. */
export interface Challenger {
  settled?: Settled;
  confirmed?: Confirmed;
  readonly block: PairSeries;
}

/** What the ledger was told of the sealed sets. */
export interface HoldoutTally {
  readonly sealed: StoredEvent<'holdout.sealed'>[];
  readonly queried: StoredEvent<'holdout.queried'>[];
  readonly revealed: StoredEvent<'holdout.revealed'>[];
}

export interface ApprovalTally {
  readonly requested: StoredEvent<'approval.requested'>;
  decided?: StoredEvent<'approval.decided'>;
}

/** Finals of an islands design on their common cases, by arm, and what was recorded of them. */
export interface IslandsTally {
  readonly finals: Map<string, PairSeries>;
  judged: StoredEvent<'islands.compared'> | undefined;
}

/** Of the safety loop, each in order. */
export interface SafetyTally {
  readonly judged: StoredEvent<'gate.judged'>[];
  readonly auditsOpened: StoredEvent<'audit.opened'>[];
  readonly audits: StoredEvent<'audit.finished'>[];
  readonly rolledBack: StoredEvent<'candidate.rolled-back'>[];
  readonly incidents: StoredEvent<'incident.opened'>[];
  readonly closedIncidents: StoredEvent<'incident.closed'>[];
}

export interface Tally {
  head: { seq: number; hash: string };
  opened: StoredEvent<'study.opened'> | undefined;
  closed: StoredEvent<'study.closed'> | undefined;
  floor: StoredEvent<'noise.measured'> | undefined;
  readonly resumed: number[];
  /** Resumes in another jail than the study was opened in. */
  readonly moved: { readonly seq: number; readonly isolation: string }[];
  readonly safety: SafetyTally;
  /** What people were asked, by number, and what became of it. */
  readonly approvals: Map<number, ApprovalTally>;
  /** What people said, in order. */
  readonly steered: StoredEvent<'study.steered'>[];
  readonly followOns: FollowOnsSeen;
  /** Of the candidates that people wrote, and of follow-ons. */
  readonly fates: Fates;
  /** Trials of candidates that somebody handed in, by number. */
  readonly handedIn: Map<number, Settled>;
  /** Trials that each steering bars. */
  readonly barred: Map<string, number>;
  active: { ms: number; seq: number };
  cpuMs: number;
  /** Of the gatekeeper and its jails; not in `cpuMs`. */
  safetyCpuMs: number;
  trials: number;
  considered: number;
  admitted: number;
  firstTrialSeq: number | undefined;
  finalEvals: number;
  /** Values of screens, and those of them taken over from earlier trials. */
  screened: number;
  reused: number;
  /** Evaluations that no arm pays for (core/accounts.ts). */
  claimEvals: number;
  alphaSpent: number;
  readonly arms: Map<string, ArmTally>;
  readonly ends: Map<string, number>;
  readonly outcomes: Map<string, number>;
  /** In the order of the cascade. */
  readonly stages: StageTally[];
  readonly operators: Map<string, OperatorTally>;
  /** Trials that were measured and got no score, and why, by reason. */
  failed: number;
  /** log E of the main arm's attempts, each as it was stopped. */
  readonly evidence: number[];
  /** Attempts that ended because a pair broke the promise of the rule's method. */
  readonly unfit: { attempts: number; first: Confirmed | undefined };
  readonly failures: Map<string, FailureTally>;
  readonly challengers: Map<number, Challenger>;
  readonly promotions: PromotionTally[];
  /** The few with the best scores, best first. */
  readonly discarded: Settled[];
  /** The few with the strongest evidence, strongest first. */
  readonly unconfirmed: { readonly confirmed: Confirmed; readonly settled: Settled | undefined }[];
  readonly comparisons: StoredEvent<'arm.compared'>[];
  readonly comparing: Map<string, PairSeries>;
  readonly islands: IslandsTally;
  readonly holdout: HoldoutTally;
  readonly money: MoneyTally;
  readonly cards: CardTally;
  /** Pairs on fresh cases. */
  drawn: number;
}

function newSafety(): SafetyTally {
  return {
    judged: [],
    auditsOpened: [],
    audits: [],
    rolledBack: [],
    incidents: [],
    closedIncidents: [],
  };
}

export function newTally(): Tally {
  const fates: Fates = new Map();
  return {
    head: { seq: 0, hash: '' },
    opened: undefined,
    closed: undefined,
    floor: undefined,
    resumed: [],
    moved: [],
    safety: newSafety(),
    approvals: new Map(),
    steered: [],
    followOns: newFollowOnsSeen(fates),
    fates,
    handedIn: new Map(),
    barred: new Map(),
    active: { ms: 0, seq: 0 },
    cpuMs: 0,
    safetyCpuMs: 0,
    trials: 0,
    considered: 0,
    admitted: 0,
    firstTrialSeq: undefined,
    finalEvals: 0,
    screened: 0,
    reused: 0,
    claimEvals: 0,
    alphaSpent: 0,
    arms: new Map(),
    ends: new Map(),
    outcomes: new Map(),
    stages: [],
    operators: new Map(),
    failed: 0,
    evidence: [],
    unfit: { attempts: 0, first: undefined },
    failures: new Map(),
    challengers: new Map(),
    promotions: [],
    discarded: [],
    unconfirmed: [],
    comparisons: [],
    comparing: new Map(),
    islands: { finals: new Map(), judged: undefined },
    holdout: { sealed: [], queried: [], revealed: [] },
    money: newMoney(),
    cards: newCards(),
    drawn: 0,
  };
}

export function armOf(tally: Tally, name: string): ArmTally {
  const known = tally.arms.get(name);
  if (known) return known;
  const arm = { trials: 0, evals: 0, confirms: 0, dots: newDots(), climbs: [] };
  tally.arms.set(name, arm);
  return arm;
}

export function challengerOf(tally: Tally, trial: number): Challenger {
  const known = tally.challengers.get(trial);
  if (known) return known;
  const challenger = { block: newPairs() };
  tally.challengers.set(trial, challenger);
  return challenger;
}

export function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Puts `item` into a list kept in order and cut to its best few. */
export function keepBest<T>(
  list: T[],
  item: T,
  options: { readonly size: number; readonly rank: (item: T) => number },
): void {
  const rank = options.rank(item);
  const at = list.findIndex((other) => options.rank(other) < rank);
  list.splice(at < 0 ? list.length : at, 0, item);
  list.splice(options.size);
}
