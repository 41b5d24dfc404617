import { stagesOf } from '../claims/rule.ts';
import { GENESIS } from '../core/chain.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import type { Awaitable } from '../core/json.ts';
import { MAIN_ARM } from '../loop/plan.ts';
import type { Ledger } from '../stores/contract.ts';
import { lockOwner } from '../stores/study-lock.ts';
import { answerLeft, answerWords } from './approve/left.ts';
import { requestsIn } from './approve/requests.ts';
import { type NextStatus, nextStatus } from './follow-ons-of.ts';
import { type PeopleSaid, peopleSaid } from './people-said.ts';
import { refuseLost, type StudyPlace, withLedger } from './read-ledger.ts';
import { type SafetyStatus, safetyStatus } from './safety-status.ts';
import { listRefused, listWaiting, steerFolder } from './steer-inbox.ts';
import { hasLedger, listStudies, pickStudy, stateFolder } from './study-files.ts';
import { systemClock } from './system-clock.ts';

export interface StudyStatus extends PeopleSaid, SafetyStatus, NextStatus {
  readonly id: string;
  /** `waits-for-approval`: nobody runs it, and only a person can take it further. */
  readonly state: 'running' | 'waits-for-approval' | 'interrupted' | 'finished';
  /** Process that holds the study, when running. */
  readonly pid?: number;
  /** What holds its evaluator, and where it is ended, as recorded at the start. */
  readonly isolation?: string;
  readonly trials: number;
  readonly confirms: number;
  readonly promotions: number;
  /** Trials that a stage ended; absent for a study without stages. */
  readonly stopped?: number;
  readonly seq: number;
  readonly head: string;
  /** Requests that nobody has decided. */
  readonly waiting?: readonly WaitingStatus[];
  /** What people said that nobody has taken up, and what was set aside, with the reason. */
  readonly unheard?: readonly string[];
  readonly refused?: readonly { readonly name: string; readonly why: string }[];
}

export interface WaitingStatus {
  readonly approval: number;
  readonly about: 'promotion' | 'gate-change';
  readonly candidate: string;
  /** ms since 1970. */
  readonly expiresAt: number;
  /** What somebody answered, where the study has not taken it up yet. */
  readonly answered?: string;
}

/** What cannot be read: it hides nothing else. */
export interface Unreadable {
  readonly id: string;
  readonly state: 'unreadable';
  readonly why: string;
}

/** One answer for each id, in order. */
export async function readEach<T>(
  ids: readonly string[],
  read: (id: string) => Awaitable<T>,
): Promise<readonly (T | Unreadable)[]> {
  const found: (T | Unreadable)[] = [];
  for (const id of ids) {
    try {
      found.push(await read(id));
    } catch (error) {
      if (!PacelineError.is(error)) throw error;
      found.push({ id, state: 'unreadable', why: error.message });
    }
  }
  return found;
}

export function isUnreadable(one: object): one is Unreadable {
  return 'state' in one && one.state === 'unreadable';
}

export async function readStatuses(
  root: string,
  ids: readonly string[] = listStudies(root),
): Promise<readonly (StudyStatus | Unreadable)[]> {
  return readEach(ids, (id) => readStatus(root, id));
}

/** Ended between its files and its ledger: `resume` begins it. */
const UNBEGUN = {
  state: 'interrupted',
  trials: 0,
  confirms: 0,
  promotions: 0,
  seq: 0,
  head: GENESIS.hash,
} as const;

/** From durable entries only; works beside a running study. */
async function readStatus(root: string, id: string): Promise<StudyStatus> {
  if (!hasLedger(root, id)) {
    refuseLost({ root, id });
    return { ...UNBEGUN, id };
  }
  return withLedger({ root, id }, async (ledger) => {
    const counts = { confirms: 0, promotions: 0, closed: 0 };
    let opened: EventBody['study.opened'] | undefined;
    const steered: EventBody['study.steered'][] = [];
    for await (const page of ledger.read(0, {
      types: [
        'study.opened',
        'trial.confirmed',
        'candidate.promoted',
        'study.steered',
        'study.closed',
      ],
    })) {
      for (const event of page) {
        if (event.type === 'study.opened') {
          opened = event.body;
        } else if (event.type === 'trial.confirmed')
          counts.confirms += event.body.arm === MAIN_ARM ? 1 : 0;
        else if (event.type === 'study.steered') steered.push(event.body);
        else if (event.type === 'candidate.promoted') counts.promotions += 1;
        else counts.closed += 1;
      }
    }
    const owner = lockOwner(stateFolder(root), id);
    const { confirms, promotions, closed } = counts;
    const asked = closed > 0 ? {} : await waitingOf(ledger, { root, id });
    return {
      id,
      state: stateOf({ isClosed: closed > 0, isRun: owner !== undefined, ...asked }),
      ...(owner ? { pid: owner.pid } : {}),
      ...(opened ? { isolation: opened.isolation } : {}),
      trials: (await ledger.lastTrial()) + 1,
      confirms,
      promotions,
      ...(stagesOf(opened?.rule).length > 0 ? { stopped: await stoppedTrials(ledger) } : {}),
      seq: ledger.durable.seq,
      head: ledger.durable.hash,
      ...asked,
      ...(await peopleSaid(ledger, { steered, isClosed: closed > 0 })),
      ...(await safetyStatus(ledger)),
      ...(await nextStatus(ledger, opened?.metric)),
      ...lettersOf(root, id),
    };
  });
}

function stateOf(study: {
  readonly isClosed: boolean;
  readonly isRun: boolean;
  readonly waiting?: readonly WaitingStatus[];
}): StudyStatus['state'] {
  if (study.isClosed) return 'finished';
  if (study.isRun) return 'running';
  return study.waiting?.some(needsPerson) ? 'waits-for-approval' : 'interrupted';
}

/** Otherwise whoever resumes the study ends the request, or takes the answer up. */
function needsPerson({ answered, expiresAt }: WaitingStatus): boolean {
  return answered === undefined && expiresAt > systemClock.wallMs();
}

async function waitingOf(
  ledger: Pick<Ledger, 'read'>,
  place: StudyPlace,
): Promise<Pick<StudyStatus, 'waiting'>> {
  const { waiting } = await requestsIn(ledger);
  if (waiting.length === 0) return {};
  return {
    waiting: waiting.map(({ body: { approval, about, candidate, expiresAt } }) => {
      const left = answerLeft(place, approval);
      const asked = { approval, about, candidate, expiresAt };
      return left ? { ...asked, answered: answerWords(left) } : asked;
    }),
  };
}

function lettersOf(root: string, id: string): Pick<StudyStatus, 'unheard' | 'refused'> {
  const folder = steerFolder(root, id);
  const [unheard, refused] = [listWaiting(folder), listRefused(folder)];
  return {
    ...(unheard.length > 0 ? { unheard } : {}),
    ...(refused.length > 0 ? { refused } : {}),
  };
}

/** False for one that is not here. */
export async function hasEnded(root: string, id: string): Promise<boolean> {
  const [one] = await readStatuses(root, [id]);
  return one?.state === 'finished';
}

/**
 * The study named, or the newest one in that state, or the newest of all: what then refuses it says
 * more than that there was no other.
 */
export async function pickStudyIn(
  root: string,
  id: string | undefined,
  wanted: 'running' | 'interrupted',
): Promise<string> {
  if (id !== undefined) return pickStudy(root, id);
  const all = await readStatuses(root);
  const newest = (of: StudyStatus['state']) => all.findLast(({ state }) => state === of)?.id;
  const waits = wanted === 'interrupted' ? newest('waits-for-approval') : undefined;
  return pickStudy(root, newest(wanted) ?? waits);
}

/** Every trial has to be read for it. */
async function stoppedTrials(ledger: Pick<Ledger, 'read'>): Promise<number> {
  let stopped = 0;
  for await (const page of ledger.read(0, { types: ['trial.settled'] })) {
    for (const event of page) {
      if (event.type === 'trial.settled' && event.body.stoppedAt !== undefined) stopped += 1;
    }
  }
  return stopped;
}
