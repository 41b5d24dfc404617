import type { Approver } from '../approvers/contract.ts';
import type { Archive } from '../archives/contract.ts';
import { type OtherMetric, otherMetrics } from '../claims/other-metrics.ts';
import type { AcceptanceRule } from '../claims/rule.ts';
import type { StageRule } from '../claims/stages.ts';
import type { Candidate } from '../core/candidate.ts';
import type { Clock } from '../core/clock.ts';
import type { Reach } from '../core/constraint.ts';
import type { EventBody } from '../core/events.ts';
import type { RngRoot } from '../core/rng.ts';
import type { Evaluator } from '../evaluators/contract.ts';
import type { Gatekeeper } from '../gatekeeper/contract.ts';
import type { HoldoutGate, PoolGate } from '../gates/contract.ts';
import type { Draft, Proposer } from '../proposers/contract.ts';
import type { Queue } from '../queues/contract.ts';
import type { Changes } from '../tasks/contract.ts';
import type { Taste } from '../tastes/contract.ts';
import type { RootKeeper } from './second-place.ts';

/** One stream of proposals: an arm's own instance of a proposer. */
export interface Lane {
  readonly arm: string;
  readonly proposer: Proposer;
  readonly instance: number;
  /** Control arms draw from the origin and learn nothing. */
  readonly fromOrigin: boolean;
  readonly sequential: boolean;
}

/** Hard limits, checked before each spend; absent means unlimited. */
export interface Budget {
  readonly wallMs?: number;
  readonly trials?: number;
  readonly evals?: number;
  /** Calls to models, what they may send and receive, and cost (core/spend.ts). */
  readonly requests?: number;
  readonly tokens?: number;
  readonly microUsd?: number;
}

/** What a draft says of its text (`Draft`). */
export type WrittenText = Pick<Draft, 'key' | 'size'>;

/** Why a text is no candidate of this study, in a sentence. */
export interface Unreadable {
  readonly why: string;
}

/** A stage of the cascade, and where it is measured. */
export interface Stage {
  readonly rule: StageRule;
  readonly queue: Queue;
}

export interface Pool {
  /** Its cases in the order in which they are drawn. */
  readonly order: ArrayLike<number>;
  /** Decides where all attempts share the first of them. */
  readonly gate?: PoolGate;
}

/** Everything a study needs, chosen by `app`: the loop knows these contracts and no driver. */
export interface Plan {
  readonly opened: EventBody['study.opened'];
  readonly rule: AcceptanceRule;
  readonly budget: Budget;
  readonly lanes: readonly Lane[];
  readonly archive: Archive;
  /** Expects something of every proposal of a search, where `opened.taste` promises it. */
  readonly taste?: Taste;
  /** People who are asked what they expect of some of the trials that nobody chose. Absent: nobody is. */
  readonly people?: { readonly taste: Taste; readonly share: number };
  /** Where a text stands on the axes of the archive, in their order; absent without axes. */
  readonly measures?: (text: string) => readonly (number | null)[];
  readonly origin: Candidate;
  /** Reads the text of a candidate that a person wrote; absent where nobody can write one. */
  readonly readWritten?: (text: string) => WrittenText | Unreadable;
  /** What can be made of a promoted change; absent where its parts cannot be told. */
  readonly changes?: Changes;
  /** Of source files: those that may be edited, and what a text reaches for (undefined for no program). */
  readonly source?: {
    readonly files: readonly string[];
    readonly reach: (text: string) => readonly Reach[] | undefined;
  };
  /** Before the screen, in the order of the rule's `stages`; absent where it has none. */
  readonly stages?: readonly Stage[];
  /** Search measurements: screens, probes, references. Never decides an acceptance. */
  readonly search: Queue;
  /** Confirm, block and comparison measurements: the task's own evaluator. */
  readonly judge: Evaluator;
  /** Decides in exact studies, which have one; the judge is then what it is compared with. */
  readonly verifier?: Evaluator;
  /** Judges before a promotion, where `opened.gates` promises it. */
  readonly gatekeeper?: Gatekeeper;
  /** Says when a person has to agree. Absent: never. */
  readonly approver?: Approver;
  /** Asked before a promotion, where `opened.holdout` promises it. */
  readonly holdout?: HoldoutGate;
  /** Of a study whose confirm cases are finite, as `opened.pool` promises. */
  readonly pool?: Pool;
  /** Signs and publishes roots of the ledger; absent where no gatekeeper judges. */
  readonly roots?: RootKeeper;
  readonly publicRoot: RngRoot;
  /** Confirm cases come from here; nothing a proposer is given can compute it. */
  readonly secretRoot: RngRoot;
  /** Revealed when the study closes, so that `verify` can check the commitment. */
  readonly secret: string;
  readonly clock: Clock;
  /** False for evaluators whose values are not meant to repeat (simulations): no parity is asked. */
  readonly checkParity: boolean;
}

/** The arm whose incumbent may be promoted. */
export const MAIN_ARM = 'main';

/** The A/A arm re-proposes its own incumbent: its trials challenge what they are equal to. */
export function isNoOpArm(
  { arms }: Pick<EventBody['study.opened'], 'arms'>,
  name: string,
): boolean {
  return arms.some((arm) => arm.name === name && arm.search === 'no-op');
}

/** One of the searches of an islands design; there the others are control blocks. */
export function isIslandArm(
  { arms }: Pick<EventBody['study.opened'], 'arms'>,
  name: string,
): boolean {
  return arms.some((arm) => arm.name === name && arm.search === 'improver');
}

/** Guards and informational metrics, in the order in which pairs record them. */
export function othersOf({ rule, opened }: Plan): readonly OtherMetric[] {
  return otherMetrics(rule, opened.info);
}

/** Run times are measured one at a time, in blocks of several runs a side. */
export function isTimed({ opened }: Measured): boolean {
  return opened.metric.kind === 'time';
}

interface Measured {
  readonly opened: Pick<Plan['opened'], 'metric'>;
}

/** Whether cases may be measured at once: a clock may repeat itself, but no time stands for another. */
export function isRepeatable(
  plan: Measured,
  { deterministic }: { readonly deterministic: boolean },
): boolean {
  return deterministic && !isTimed(plan);
}
