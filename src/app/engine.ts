/**
 * The library's front door: start, resume and read studies.
 *
 *     const engine = createEngine({ root: process.cwd() });
 *     const study = await engine.start(loadConfig('paceline.yaml').config);
 *     console.log(await study.done);
 */

import type { Head } from '../core/chain.ts';
import type { Clock } from '../core/clock.ts';
import { PacelineError } from '../core/errors.ts';
import type { Steering } from '../core/steering.ts';
import { runLoop } from '../loop/loop.ts';
import type { Budget, Plan } from '../loop/plan.ts';
import { openStudy, resumeStudy, type StudyParts } from '../loop/recovery.ts';
import { ask, type Study } from '../loop/study.ts';
import type { Reporter } from '../reporters/contract.ts';
import type { Ledger, Store } from '../stores/contract.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { type BuiltPlan, buildPlan, type PlanRequest } from './build-plan.ts';
import { withCapNow } from './cap-now.ts';
import { watchCap } from './cap-watch.ts';
import { type CassetteUse, keepRevealed, refuseUsedTape, secretFor } from './cassette-use.ts';
import type { Config } from './config-schema.ts';
import { auditBeforeFirstTrial } from './evaluator-audit/audit.ts';
import { createGateRecord } from './gate-record.ts';
import { withPinnedImprover } from './improvers/pin.ts';
import { refuseLowerJail } from './jail/kept.ts';
import { refuseUnconfirmed } from './may-pay.ts';
import { leaveMemory, withMemory } from './memory/use.ts';
import { orClose } from './or-close.ts';
import { refuseLost } from './read-ledger.ts';
import { recordedConfig } from './recorded-config.ts';
import { lostKeysWords, refuseLostKeys } from './refuse-lost-keys.ts';
import { refuseFullState } from './state-size.ts';
import { studyInbox } from './steer-inbox.ts';
import { STEER_WAIT_MS, type Steered, steerStudy } from './steer-study.ts';
import {
  createStudyFiles,
  newStudyId,
  readSecret,
  removeOrphan,
  removeStudy,
  removeWork,
  stateFolder,
  sweepWork,
} from './study-files.ts';
import { systemClock } from './system-clock.ts';
import { withoutStudy } from './without-study.ts';

export interface EngineOptions {
  /** Folder of the config; the study lives in `.paceline` below it. */
  readonly root: string;
  readonly reporters?: readonly Reporter[];
  readonly clock?: Clock;
  /** Records the traffic with models, or takes it from a recording. */
  readonly cassette?: CassetteUse;
  /** Somebody said that new studies may pay for models, within their budgets. Absent: nobody did. */
  readonly mayPay?: boolean;
  /** Told how many known-bad candidates the evaluator was tried with before a study; not where it passed before. */
  readonly onAudit?: (done: number, of: number) => void;
}

export interface Ending {
  readonly id: string;
  /**
   * `interrupted`: paused, resumable. `yielded`: its grant is spent, resumable. `waits-for-approval`: only a
   * person takes it further (`paceline approve`), resumable.
   */
  readonly status:
    | 'budget'
    | 'exhausted'
    | 'stopped'
    | 'interrupted'
    | 'yielded'
    | 'waits-for-approval';
  readonly head: Head;
}

export interface StudyHandle {
  readonly id: string;
  /** Leaves at once; `resume` continues. */
  pause(): void;
  /** Ends the search, makes the final comparison and closes the study. */
  stop(): void;
  /**
   * Says something to it, as `paceline steer` does, and waits until it is recorded; after `waitMs` it is
   * left `waiting` and taken up when the step under way ends.
   * @throws PacelineError `USAGE` with the study's own sentence when it refuses, `STUDY_FINISHED`.
   */
  steer(said: Steering, waitMs?: number): Promise<Steered>;
  /** Before an exit that cannot wait: ends the evaluator processes, nothing else. */
  abandon(): void;
  readonly done: Promise<Ending>;
}

export interface Engine {
  readonly store: Store;
  /**
   * `id`: a name planned beforehand; by default a new one. `grant`: what it may spend before it
   * yields; by default it stays to the study's end.
   */
  start(config: Config, id?: string, grant?: Budget): Promise<StudyHandle>;
  resume(id: string, grant?: Budget): Promise<StudyHandle>;
}

export function createEngine(options: EngineOptions): Engine {
  const { root, clock = systemClock, reporters = [], onAudit, cassette } = options;
  const store = sqliteStore({ directory: stateFolder(root), clock });
  const build = (of: Kept) => buildPlan({ ...of, root, clock, cassette });

  /** The work folder belongs to whoever holds the lock: nobody else may touch it. */
  async function run(
    { id, config }: NamedStudy,
    built: BuiltPlan,
    open: (parts: StudyParts) => Promise<Study>,
  ): Promise<StudyHandle> {
    const close = closing({ root, id }, built);
    let ledger: Ledger | undefined;
    try {
      ledger = await store.open(id, 'write');
      sweepWork(root, id);
      const inbox = studyInbox(root, id);
      const study = await open({ plan: built.plan, ledger, reporters, inbox });
      return handleOf({ id, root, config, cassette }, study, close);
    } catch (error) {
      await close(ledger);
      throw error;
    }
  }

  return {
    store,
    async start(given, planned, grant) {
      const id = planned ?? newStudyId(given.name);
      const capped = planned === undefined ? given : withCapNow(root, given); // begun long after
      refuseStart(capped, options);
      const lost = await lostKeysWords(root);
      const config = withPinnedImprover(root, capped);
      const secret = secretFor(cassette);
      const built = await build({ id, config, secret });
      const study = { id, root, config, onAudit };
      await orClose(built, () => auditThenCreate(study, secret, built.plan));
      if (lost) process.emitWarning(lost, 'Paceline');
      return run(study, built, (parts) => begin(study, granted(parts, grant)));
    },
    async resume(id, grant) {
      const study = { id, root, config: withCapNow(root, recordedConfig(root, id)) };
      refuseLost({ root, id });
      refuseFullState([root], study.config.storage.cap);
      const built = await build({ ...study, secret: readSecret(root, id) });
      return run(study, built, (parts) => goOn(study, granted(parts, grant), built));
    },
  };
}

function refuseStart(config: Config, { root, mayPay = false, cassette }: EngineOptions): void {
  refuseUnconfirmed(config, { mayPay, cassette });
  refuseUsedTape(cassette);
  refuseFullState([root], config.storage.cap);
}

function granted(parts: StudyParts, grant: Budget | undefined): StudyParts {
  return { ...parts, ...(grant ? { grant } : {}) };
}

/** Killed between its files and its first entry, a study has not begun. */
async function goOn(study: RootedStudy, parts: StudyParts, built: BuiltPlan): Promise<Study> {
  if (parts.ledger.durable.seq === 0) return begin(study, parts);
  await refuseUnlessSame(parts.ledger, built, study.id);
  await refuseLostKeys(parts.ledger, study);
  return resumeStudy(parts);
}

/** With what it remembers, which its first entry holds from then on. */
async function begin({ root, config }: RootedStudy, parts: StudyParts): Promise<Study> {
  return openStudy({ ...parts, plan: await withMemory(root, config, parts.plan) });
}

type NamedStudy = { readonly id: string; readonly config: Config };
type Kept = NamedStudy & { readonly secret: string };
type RootedStudy = NamedStudy & { readonly root: string };

/** An evaluator that rewards nothing would make every gain worthless: no study of it is begun. */
async function auditThenCreate(
  { onAudit, ...study }: RootedStudy & { readonly onAudit: EngineOptions['onAudit'] | undefined },
  secret: string,
  plan: Plan,
): Promise<void> {
  try {
    await auditBeforeFirstTrial({ ...study, plan, onProgress: onAudit });
  } catch (error) {
    throw withoutStudy(error);
  }
  removeOrphan(study.root, study.id);
  // A study that is found has all that it needs: its own folder comes last.
  createStudyFiles(study, secret, () => createGateRecord(study));
}

/** What a study that ends, or never began, leaves behind: nothing that runs, no workspace. */
function closing({ root, id }: { readonly root: string; readonly id: string }, built: BuiltPlan) {
  return async (ledger?: Ledger): Promise<void> => {
    await built.close();
    if (ledger === undefined) return;
    await ledger.close();
    removeWork(root, id);
  };
}

function handleOf(
  { id, root, config, cassette }: RootedStudy & Pick<PlanRequest, 'cassette'>,
  study: Study,
  close: (ledger: Ledger) => Promise<void>,
): StudyHandle {
  /** It failed before anything was measured: to be started again once that is mended. */
  let isStillborn = false;
  const finish = async (): Promise<Ending> => {
    const capBytes = config.storage.cap;
    const cap = watchCap({ root, capBytes, onFull: () => ask(study, 'pause') });
    try {
      await runLoop(study);
      keepRevealed(cassette, {
        isClosed: study.state.closed !== undefined,
        secret: study.plan.secret,
      });
      warnUnpublished(id, study);
      if (study.state.closed && config.memory === 'on') await leaveMemory(root);
      const full = cap.end();
      if (full && !study.state.closed) throw full;
      return { id, status: statusOf(study), head: study.ledger.durable };
    } catch (error) {
      isStillborn = study.state.floor === undefined && study.state.epoch === 0;
      throw isStillborn ? withoutStudy(error) : error;
    } finally {
      cap.end();
      await close(study.ledger);
      if (isStillborn) removeStudy(root, id);
    }
  };
  return {
    id,
    pause: () => ask(study, 'pause'),
    stop: () => ask(study, 'stop'),
    steer: (said, waitMs = STEER_WAIT_MS) => steerStudy({ root, id, said, waitMs }),
    abandon: () => sweepWork(root, id),
    done: finish(),
  };
}

/** After the last entry nothing can be recorded any more: said here, or nowhere. */
function warnUnpublished(id: string, { unpublished }: Study): void {
  if (unpublished === undefined) return;
  const sentence = `The last root of ${id} is not published: ${unpublished} Keep its head yourself: paceline verify prints it.`;
  process.emitWarning(sentence, 'Paceline');
}

function statusOf({ state: { closed }, wish, waitsForApproval }: Study): Ending['status'] {
  if (waitsForApproval) return 'waits-for-approval';
  if (closed === undefined) return wish === undefined ? 'yielded' : 'interrupted';
  return closed.reason === 'stopped' || closed.reason === 'exhausted' ? closed.reason : 'budget';
}

/** A study goes on only under the rule, task and evaluator it was opened with. */
async function refuseUnlessSame(ledger: Ledger, built: BuiltPlan, id: string): Promise<void> {
  for await (const page of ledger.read(0, { pageSize: 1 })) {
    const [first] = page;
    if (first?.type !== 'study.opened') break;
    const was = first.body;
    const now = built.plan.opened;
    const changed = (
      ['rule', 'task', 'config', 'evaluator', 'origin', 'rng', 'fold', 'engine'] as const
    ).filter((key) => JSON.stringify(was[key]) !== JSON.stringify(now[key]));
    if (changed.length === 0) {
      refuseLowerJail(id, was.isolation, now.isolation);
      break;
    }
    throw new PacelineError(
      'WORKSPACE',
      `${id} was opened with another ${changed.join(', ')}. Restore the files as they were, or start a new study with paceline run.`,
      { id, changed },
    );
  }
  for await (const page of ledger.read(0, { types: ['study.closed'] })) {
    if (page.length === 0) continue;
    throw new PacelineError(
      'STUDY_FINISHED',
      `${id} is finished. Read it with paceline report, or start a new study with paceline run.`,
      { id },
    );
  }
}

/** Of several studies none goes on for people to decide. @throws PacelineError `APPROVAL_PENDING`. */
export function refuseWaiting({ id, status }: Ending): void {
  if (status !== 'waits-for-approval') return;
  throw new PacelineError(
    'APPROVAL_PENDING',
    `${id} waits for a person. Decide with paceline approve ${id}, then resume.`,
    { id },
  );
}
