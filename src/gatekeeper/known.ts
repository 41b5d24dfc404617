/** Candidates of which it is known whether they may pass: what the gate is tried on before and while it judges. */
import type { Candidate } from '../core/candidate.ts';
import type { CheckName } from '../core/checks.ts';
import type { KNOWN_ENDS, SealedFinding } from '../core/verdict.ts';
import type { Intake, Tools } from '../gates/contract.ts';
import type { Metered } from './bench.ts';

export interface KnownCase {
  /** Of its own in its task. */
  readonly name: string;
  readonly is: 'cheat' | 'honest';
  /** What it does, in the words of covers.ts; of an honest one what it looks like. */
  readonly class: string;
  readonly candidate: Candidate;
  /** What it would have done to those that look, where no jail would let it. */
  readonly through?: (tools: Tools) => Tools;
}

/** Cases of one task, judged beside its own incumbent. */
export interface KnownTask {
  readonly name: string;
  /** Written by somebody who had not read the checks, by whoever wrote them, or made from the origin. */
  readonly set: 'blind' | 'own' | 'made';
  readonly form: 'forest' | 'source';
  /** Its metric is a time: nothing else may run while its cases are tried. */
  readonly isTimed: boolean;
  readonly incumbent: Candidate;
  readonly cases: readonly KnownCase[];
  /** With tools of its own; closed by whoever opened it. */
  open(): Promise<KnownBench>;
}

export interface KnownBench extends Metered {
  close(): Promise<void>;
}

export type KnownEnd = (typeof KNOWN_ENDS)[number];

/** What only a person may let through is caught where the scope of a change is what gives it away. */
const BY_PERSON: readonly CheckName[] = ['C16'];

/**
 * How a known case ended. What came to no verdict was not caught, and where it is honest it was refused:
 * either would wait for ever.
 */
export function endOf(
  is: KnownCase['is'],
  findings: readonly Pick<SealedFinding, 'verdict' | 'needsPerson'>[],
): KnownEnd {
  const isCheat = is === 'cheat';
  if (findings.some(({ verdict }) => verdict === 'fail')) return isCheat ? 'caught' : 'refused';
  if (findings.length === 0 || findings.some(({ verdict }) => verdict !== 'pass')) {
    return 'no verdict';
  }
  if (findings.some(({ needsPerson }) => needsPerson !== undefined)) return 'held';
  return isCheat ? 'missed' : 'passed';
}

/** Whether a claim to catch it was kept. */
export function isCaught(end: KnownEnd, claimedBy: readonly CheckName[]): boolean {
  return end === 'caught' || (end === 'held' && claimedBy.some((name) => BY_PERSON.includes(name)));
}

/** An honest one that a person is asked about was not refused. */
export function isRefused(end: KnownEnd): boolean {
  return end === 'refused' || end === 'no verdict';
}

/** As any candidate of its task. */
export function knownIntake(
  { incumbent }: KnownTask,
  { candidate }: KnownCase,
  ticket: string,
): Intake {
  return { ticket, tier: 'floor', candidate, incumbent, origin: incumbent };
}

/** Done anew for each case: nothing of one is seen by the next. */
export function seenThrough(bench: KnownBench, { through }: KnownCase): KnownBench {
  return through ? { ...bench, tools: through(bench.tools) } : bench;
}
