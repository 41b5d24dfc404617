/** What people said that still matters, and what became of it: for `status`. */
import type { EventBody } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import type { Steering } from '../core/steering.ts';
import { MAIN_ARM } from '../loop/plan.ts';
import { type Fates, followFate } from '../reporters/report/fates.ts';
import { steeringWords } from '../reporters/report/steering-words.ts';
import type { Ledger } from '../stores/contract.ts';

/** A candidate that a person wrote. */
export interface WrittenStatus {
  readonly candidate: string;
  readonly by: string;
  readonly trial: number;
  readonly fate: string;
}

/** A decision that is in force now, and the steering that made it. */
export interface StandingRule {
  readonly id: string;
  readonly words: string;
  /** Of the last trials of the search, those it barred. Absent for a pin. */
  readonly barred?: { readonly trials: number; readonly of: number };
}

export interface PeopleSaid {
  /** The last note a person left. */
  readonly note?: string;
  /** What people decided and stands, until a study is finished. */
  readonly standing?: readonly StandingRule[];
  /** Candidates that people wrote, in the order in which they were handed in. */
  readonly written?: readonly WrittenStatus[];
}

interface Said {
  /** In order. */
  readonly steered: readonly EventBody['study.steered'][];
  readonly isClosed: boolean;
}

export async function peopleSaid(
  ledger: Pick<Ledger, 'read' | 'durable'>,
  { steered, isClosed }: Said,
): Promise<PeopleSaid> {
  const note = steered.findLast(({ said }) => said.kind === 'note')?.said;
  const standing = isClosed ? [] : await withBarred(ledger, standingBodies(steered));
  const isWritten = steered.some(({ said }) => said.kind === 'candidate');
  return {
    ...(note?.kind === 'note' ? { note: note.value } : {}),
    ...(standing.length > 0 ? { standing } : {}),
    ...(isWritten ? { written: await readWritten(ledger) } : {}),
  };
}

/** What is in force until it is taken back. */
const STANDING: ReadonlySet<Steering['kind']> = new Set(['veto', 'constraint', 'pin']);

function standingBodies(steered: readonly EventBody['study.steered'][]) {
  const standing: EventBody['study.steered'][] = [];
  for (const body of steered) {
    const ended = standing.findIndex((one) => isEndedBy(one, body.said));
    if (ended >= 0) standing.splice(ended, 1);
    if (STANDING.has(body.said.kind)) standing.push(body);
  }
  return standing;
}

/** So many of the last trials of the search are looked at, in so many of the last entries. */
const LATE_TRIALS = 20;
const LATE_ENTRIES = 400;

/** Each with what it bars of late: a rule that bars everything would spend the budget unseen. */
async function withBarred(
  ledger: Pick<Ledger, 'read' | 'durable'>,
  standing: readonly EventBody['study.steered'][],
): Promise<readonly StandingRule[]> {
  const barring = standing.some(({ said }) => said.kind !== 'pin');
  const late = barring ? await lateTrials(ledger) : [];
  return standing.map(({ id, said }) => {
    const rule = { id, words: steeringWords(said) };
    if (said.kind === 'pin' || late.length === 0) return rule;
    const trials = late.filter((barredBy) => barredBy === id).length;
    return { ...rule, barred: { trials, of: late.length } };
  });
}

/** Who barred each of the last trials of the search. */
async function lateTrials({ read, durable }: Pick<Ledger, 'read' | 'durable'>) {
  const late: (string | undefined)[] = [];
  const after = Math.max(0, durable.seq - LATE_ENTRIES);
  for await (const page of read(after, { types: ['trial.settled'] })) {
    for (const event of page) {
      const isOurs = event.type === 'trial.settled' && event.body.arm === MAIN_ARM;
      if (isOurs) late.push(event.body.barredBy);
    }
  }
  return late.slice(-LATE_TRIALS);
}

function isEndedBy({ id, said: one }: EventBody['study.steered'], said: Steering): boolean {
  if (said.kind === 'lift') return said.value.steering === id;
  if (one.kind !== 'pin') return false;
  const { candidate } = one.value;
  if (said.kind === 'unpin') return said.value.candidate === candidate;
  return (
    said.kind === 'veto' && said.value.what === 'candidate' && said.value.candidate === candidate
  );
}

const ABOUT = [
  'study.steered',
  'trial.settled',
  'trial.confirmed',
  'candidate.promoted',
  'study.closed',
] as const;

/** Reads every trial: asked for only where somebody handed in a candidate. */
async function readWritten(ledger: Pick<Ledger, 'read'>): Promise<readonly WrittenStatus[]> {
  const fates: Fates = new Map();
  const written: Omit<WrittenStatus, 'fate'>[] = [];
  for await (const page of ledger.read(0, { types: ABOUT })) {
    for (const event of page) {
      followFate(fates, event);
      if (event.type !== 'study.steered' || event.body.said.kind !== 'candidate') continue;
      const { by, said, takes } = event.body;
      if (takes === undefined) continue;
      written.push({ candidate: sha256(said.value.text), by, trial: takes.trial });
    }
  }
  return written.map((one) => ({ ...one, fate: fates.get(one.trial)?.words ?? 'unknown' }));
}
