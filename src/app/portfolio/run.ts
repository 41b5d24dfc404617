/** Carries out what decide.ts says, turn after turn; each move is on the disk before the next. */
import { existsSync } from 'node:fs';
import type { Clock } from '../../core/clock.ts';
import { PacelineError } from '../../core/errors.ts';
import { acquireLock } from '../../stores/study-lock.ts';
import { capNow } from '../cap-now.ts';
import { parseConfig } from '../config.ts';
import { type Ending, type Engine, refuseWaiting, type StudyHandle } from '../engine.ts';
import { refuseFullState } from '../state-size.ts';
import { isStudy } from '../study-files.ts';
import { leaveUse } from '../used-by.ts';
import { decideNext, LOCKED, type Next } from './decide.ts';
import {
  capsOf,
  movesPath,
  type PlannedStudy,
  type Portfolio,
  portfolioFolder,
  readState,
  studyRoot,
} from './files.ts';
import { type Account, applyMove, type PortfolioState } from './fold.ts';
import { readPortfolioConfig } from './load.ts';
import { appendMove, type Grant, type Move, mendMoves } from './moves.ts';
import { readStudy } from './reading.ts';

export interface PortfolioRun {
  readonly root: string;
  readonly clock: Clock;
  /** Runs one study in its folder until its turn is over. */
  readonly stay: (root: string, begin: (engine: Engine) => Promise<StudyHandle>) => Promise<Ending>;
  /** What a person asked for, if anything. */
  readonly wish: () => 'pause' | 'stop' | undefined;
  /** After every move. */
  readonly onMove: (move: Move, state: PortfolioState) => void;
}

export interface PortfolioEnding {
  readonly status: 'budget' | 'stopped' | 'finished' | 'interrupted' | 'incomplete';
  readonly state: PortfolioState;
  /** Studies that could not go on. */
  readonly because: readonly Account[];
}

type Unstamped<M> = M extends Move ? Omit<M, 'at'> : never;

/** One process's work on a portfolio. */
interface Session {
  readonly plan: Portfolio;
  readonly run: PortfolioRun;
  state: PortfolioState;
}

/** @throws PacelineError `STUDY_LOCKED` when another process runs it, `DISK_FAILED` beyond the cap. */
export async function runPortfolio(plan: Portfolio, run: PortfolioRun): Promise<PortfolioEnding> {
  const { root, clock } = run;
  const lock = acquireLock(portfolioFolder(root, plan.id), plan.id, clock.wallMs());
  try {
    mendMoves(movesPath(root, plan.id));
    const session: Session = { plan, run, state: readState(root, plan) };
    if (session.state.ended) throw alreadyEnded(plan);
    say(session, { move: 'took-over' });
    await catchUp(session);
    return await turns(session);
  } finally {
    lock.release();
  }
}

/** On the disk first, then in the state, then on the screen. */
function say(session: Session, said: Unstamped<Move>): void {
  const { plan, run } = session;
  const move = { ...said, at: run.clock.wallMs() } as Move;
  appendMove(movesPath(run.root, plan.id), move);
  session.state = applyMove(session.state, move);
  run.onMove(move, session.state);
}

async function turns(session: Session): Promise<PortfolioEnding> {
  const caps = capsOf(session.plan);
  for (;;) {
    const wish = session.run.wish();
    if (wish === 'pause') return { status: 'interrupted', state: session.state, because: [] };
    const next = decideNext(caps, session.state, wish === 'stop');
    if (next.do === 'leave') {
      return { status: 'incomplete', state: session.state, because: next.because };
    }
    await carryOut(session, next);
    if (next.do === 'end') return { status: next.why, state: session.state, because: [] };
  }
}

async function carryOut(session: Session, next: Exclude<Next, { do: 'leave' }>): Promise<void> {
  switch (next.do) {
    case 'turn':
      refuseFullFolders(session);
      say(session, { move: 'granted', study: next.study, grant: next.grant, why: next.why });
      return turnOf(session, next.study, (engine, study) => begin(engine, study, next.grant));
    case 'begin-closing':
      return say(session, { move: 'closing', why: next.why });
    case 'close':
      return turnOf(session, next.study, async (engine, { id }) => {
        const handle = await engine.resume(id);
        handle.stop();
        return handle;
      });
    case 'end':
      return say(session, { move: 'ended', why: next.why });
  }
}

/** One study at work, then what its ledger says; one that cannot go on is set aside, and ends no other. */
async function turnOf(
  session: Session,
  id: string,
  start: (engine: Engine, study: Placed) => Promise<StudyHandle>,
): Promise<void> {
  const { clock, stay } = session.run;
  const study = placed(session, id);
  const startedMs = clock.monotonicMs();
  try {
    leaveUseOf(session, study);
    const ending = await stay(study.root, (engine) => start(engine, study));
    refuseWaiting(ending);
    await readOne(session, study, clock.monotonicMs() - startedMs);
  } catch (error) {
    const trouble = troubleOf(error);
    // What another process does with it meanwhile is read when it is done.
    if (trouble.code !== LOCKED) await readOne(session, study, clock.monotonicMs() - startedMs);
    say(session, { move: 'set-aside', study: id, ...trouble });
  }
}

/** In a folder of its own, where `gc` would not know that somebody rests on it. */
function leaveUseOf({ plan, run }: Session, { root }: Placed): void {
  // A folder that is gone is named by what begins or resumes the study.
  if (!existsSync(root)) return;
  const studies = plan.studies
    .filter((one) => studyRoot(run.root, one) === root)
    .map(({ id }) => id);
  leaveUse(root, { portfolio: plan.id, folder: run.root, studies });
}

function troubleOf(error: unknown): { readonly code: string; readonly why: string } {
  const why = error instanceof Error ? error.message : String(error);
  return { code: PacelineError.is(error) ? error.code : 'INTERNAL', why };
}

/** An id with files has begun, whatever became of it. */
function begin(engine: Engine, study: Placed, grant: Grant): Promise<StudyHandle> {
  const { id, root, config, name } = study;
  if (isStudy(root, id)) return engine.resume(id, grant);
  return engine.start(parseConfig(config, `the config of ${name} in its portfolio`), id, grant);
}

/** Says what the study's ledger has beyond the last reading; nothing where it has nothing. */
async function readOne(session: Session, { id, root }: Placed, tookMs: number): Promise<void> {
  const before = session.state.accounts.find(({ study }) => study === id)?.reading;
  const reading = await readStudy({ root, id }, before);
  if (reading === undefined || reading.seq === before?.seq) return;
  say(session, { move: 'read', study: id, reading, tookMs });
}

/** What happened to its studies since the last move: a turn that a crash cut short, a run by hand. */
async function catchUp(session: Session): Promise<void> {
  for (const { id } of session.plan.studies) {
    await readOne(session, placed(session, id), 0);
  }
}

function refuseFullFolders({ plan, run }: Session): void {
  const roots = [run.root, ...plan.studies.map((study) => studyRoot(run.root, study))];
  refuseFullState(roots, capNow(run.root, plan.config, readPortfolioConfig));
}

type Placed = PlannedStudy & { readonly root: string };

function placed({ plan, run }: Session, id: string): Placed {
  const study = plan.studies.find((one) => one.id === id);
  if (study === undefined) throw new Error(`${plan.id} has no study ${id}`);
  return { ...study, root: studyRoot(run.root, study) };
}

function alreadyEnded({ id }: Portfolio): PacelineError {
  return new PacelineError(
    'STUDY_FINISHED',
    `${id} is finished. Read it with paceline report ${id}, or start a new portfolio with paceline run --portfolio.`,
    { id },
  );
}
