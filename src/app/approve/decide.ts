/** Says yes or no to a request: leaves it in the study's folder, and waits until the study has recorded it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApprovalSaid, standingAt } from '../../core/approval.ts';
import { PacelineError } from '../../core/errors.ts';
import { lockOwner } from '../../stores/study-lock.ts';
import { withLedger } from '../read-ledger.ts';
import { leaveLetter, refusedBecause, steerFolder } from '../steer-inbox.ts';
import { STEER_WAIT_MS, userName } from '../steer-study.ts';
import { stateFolder } from '../study-files.ts';
import { systemClock } from '../system-clock.ts';
import { answerLeft, answerWords } from './left.ts';
import type { Requested } from './requests.ts';

export interface Deciding {
  readonly root: string;
  readonly id: string;
  readonly request: Requested['body'];
  readonly decision: ApprovalSaid['value']['decision'];
  readonly reason: string;
  /** How long to wait for a running study. */
  readonly waitMs?: number;
}

export interface DecidedNow {
  readonly study: string;
  readonly approval: number;
  readonly decision: ApprovalSaid['value']['decision'];
  readonly by: string;
  readonly reason: string;
  /** `taken-up`: in the ledger. `waiting`: the step under way is long. `for-resume`: nobody runs it. */
  readonly state: 'taken-up' | 'waiting' | 'for-resume';
  /** Entry that records it. */
  readonly seq?: number;
}

const LOOK_MS = 100;
const MOST_REASON = 2_000;

/**
 * Bound to what `request` says: of anything else the study refuses it.
 * @throws PacelineError `USAGE` for one that has expired, or with the study's own sentence when it refuses.
 */
export async function decideRequest(deciding: Deciding): Promise<DecidedNow> {
  const { root, id, request, decision, waitMs = STEER_WAIT_MS } = deciding;
  const reason = reasonOf(deciding);
  refuseOutOfTime(request, decision);
  refuseSecond(deciding);
  const { approval, candidate, against, evidence, rule } = request;
  const bound = { candidate, against, evidence, rule };
  const said = { kind: 'approval', value: { approval, decision, reason, ...bound } } as const;
  const by = userName();
  const folder = steerFolder(root, id);
  const name = leaveLetter(folder, { schema: 'paceline.steer/1', by, said }, systemClock);
  const done = { study: id, approval, decision, by, reason };
  const untilMs = systemClock.monotonicMs() + waitMs;
  for (;;) {
    const seq = await entryOf({ root, id }, name);
    if (seq !== undefined) return { ...done, state: 'taken-up', seq };
    const why = refusedBecause(folder, name);
    if (why !== undefined) {
      throw new PacelineError('USAGE', `${id} does not take that up. ${why}`, { id, why });
    }
    if (lockOwner(stateFolder(root), id) === undefined) return { ...done, state: 'for-resume' };
    if (systemClock.monotonicMs() >= untilMs) return { ...done, state: 'waiting' };
    await sleep(LOOK_MS);
  }
}

function reasonOf({ reason }: Deciding): string {
  const said = reason.trim();
  if (said !== '' && said.length <= MOST_REASON) return said;
  throw new PacelineError(
    'USAGE',
    `A decision needs its reason, in 1 to ${MOST_REASON} characters: it is recorded for whoever asks later. Give --reason.`,
    {},
  );
}

/** The study judges by its own clock when it takes it up; this says so before anything is left there. */
function refuseOutOfTime(
  { approval, ...times }: Requested['body'],
  decision: Deciding['decision'],
): void {
  const stands = standingAt(times, systemClock.wallMs());
  if (stands === 'stands') return;
  const why =
    stands === 'expired'
      ? `Request ${approval} has expired, and a time-out never approves. Run paceline resume: the study ends it, and asks anew if the candidate comes back.`
      : `The clock of this machine stands before request ${approval} was made. Set the clock right first.`;
  throw new PacelineError('USAGE', why, { approval, decision });
}

/** The study takes the first up, and would set another aside where nobody sees it. */
function refuseSecond({ root, id, request: { approval } }: Deciding): void {
  const left = answerLeft({ root, id }, approval);
  if (left === undefined) return;
  throw new PacelineError(
    'USAGE',
    `Request ${approval} of ${id} has an answer, which counts: ${answerWords(left)}. The study has not taken it up yet; where nobody runs it: paceline resume ${id}.`,
    { id, approval },
  );
}

async function entryOf(
  place: { readonly root: string; readonly id: string },
  letter: string,
): Promise<number | undefined> {
  return withLedger(place, async (ledger) => {
    for await (const page of ledger.read(0, { types: ['approval.decided'] })) {
      for (const event of page) {
        if (event.type === 'approval.decided' && event.body.letter === letter) return event.seq;
      }
    }
    return undefined;
  });
}
