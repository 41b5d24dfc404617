/**
 * A study continues by folding its ledger: from the newest usable snapshot through the horizon of
 * the trials that were in flight, which are asked again from the same fold and so are the same.
 */
import { deserialize } from 'node:v8';
import type { Reporter } from '../reporters/contract.ts';
import type { Ledger } from '../stores/contract.ts';
import { measuredEvals } from './decide.ts';
import { apply, STATE_VERSION } from './fold.ts';
import type { Inbox } from './inbox.ts';
import { readMade } from './made.ts';
import type { Budget, Plan } from './plan.ts';
import { initialState, type StudyState } from './state.ts';
import { launch, newStudy, notReady, record, type Study } from './study.ts';

/** A plan, and what surrounds it. */
export interface StudyParts {
  readonly plan: Plan;
  readonly ledger: Ledger;
  readonly reporters: readonly Reporter[];
  readonly inbox?: Inbox;
  /** What this process may spend before it yields; absent: all that the study has. */
  readonly grant?: Budget;
}

export async function openStudy(parts: StudyParts): Promise<Study> {
  const state = initialState(parts.plan);
  const study = newStudy({ ...parts, state, firstTrial: 0, ...untilOf(parts, state) });
  record(study, { type: 'study.opened', actor: 'engine', body: parts.plan.opened });
  await parts.ledger.flush();
  return study;
}

/**
 * A study that has ended stays as it is: nothing is written after its last entry.
 * @throws PacelineError `LEDGER_ALTERED` or `LEDGER_VERSION` when the ledger does not fold.
 */
export async function resumeStudy(parts: StudyParts): Promise<Study> {
  const { plan, ledger } = parts;
  const firstTrial = (await ledger.lastTrial()) + 1;
  const fromSeq = ledger.durable.seq;
  const horizon = Math.max(0, firstTrial - plan.opened.lookahead);
  const state = await restore(plan, ledger, horizon);
  const made = await readMade(ledger, { after: state.seq, firstTrial });
  const ready = notReady();
  const study = newStudy({ ...parts, state, firstTrial, made, ready });
  for await (const page of ledger.read(state.seq)) {
    for (const event of page) {
      apply(plan, state, event);
      if (state.committed >= horizon) launch(study);
    }
  }
  if (state.closed) return study;
  await plan.holdout?.requireEntry(state.holdout?.stamp);
  await plan.pool?.gate?.requireEntry(state.poolStamp);
  const resumed = nowFolded(study, untilOf(parts, state));
  record(resumed, {
    type: 'study.resumed',
    actor: 'engine',
    body: { epoch: state.epoch + 1, fromSeq, isolation: plan.opened.isolation },
  });
  ready.now();
  await ledger.flush();
  return resumed;
}

async function restore(plan: Plan, ledger: Ledger, atOrBefore: number): Promise<StudyState> {
  const snapshot = await ledger.loadSnapshot(STATE_VERSION, atOrBefore);
  if (snapshot === undefined) return initialState(plan);
  try {
    return deserialize(snapshot.bytes) as StudyState;
  } catch {
    // Bytes of another V8 or damaged ones: a snapshot is a cache, the ledger has everything.
    return initialState(plan);
  }
}

/** The grant on top of what was spent before. */
function untilOf({ grant }: StudyParts, state: StudyState): Pick<Study, 'until'> {
  if (grant === undefined) return {};
  const { trials, evals, wallMs } = grant;
  return {
    until: {
      ...(trials === undefined ? {} : { trials: state.committed + trials }),
      ...(evals === undefined ? {} : { evals: measuredEvals(state) + evals }),
      ...(wallMs === undefined ? {} : { wallMs: state.activeMs + wallMs }),
    },
  };
}

/** What is known only after the fold: trials launched on the way hold on to the same study. */
function nowFolded(study: Study, until: Pick<Study, 'until'>): Study {
  const { activeMs: resumedActiveMs, committed: snapshotCommitted } = study.state;
  return Object.assign(study, { resumedActiveMs, snapshotCommitted, ...until });
}
