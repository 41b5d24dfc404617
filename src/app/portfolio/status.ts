/** Where a portfolio stands, from its moves and the ledger of the study at work. */
import type { Share } from '../../optim/allocation.ts';
import { decideNext, LOCKED, type Next, type Spent, sharesNow, spentBy } from './decide.ts';
import {
  capsOf,
  type PlannedStudy,
  type Portfolio,
  portfolioOwner,
  readPortfolio,
  readState,
  studyRoot,
} from './files.ts';
import { type Account, applyMove, type CostUnit, type PortfolioState } from './fold.ts';
import { readStudy } from './reading.ts';

export interface PortfolioStatus {
  readonly plan: Portfolio;
  readonly state: 'running' | 'interrupted' | 'finished';
  /** Process that runs it. */
  readonly pid?: number;
  readonly spent: Spent;
  /** What costs are counted in. */
  readonly unit: CostUnit;
  readonly turns: number;
  readonly studies: readonly StudyLine[];
  /** What comes after the turn under way; absent once finished. */
  readonly next?: Next;
}

export interface StudyLine extends Account {
  readonly name: string;
  readonly metric: PlannedStudy['metric'];
  /** Of the budget from here on, and the expected gain per cost; absent where it cannot go on. */
  readonly expected?: Share;
  /** Of its config, relative to the portfolio's folder. */
  readonly path: string;
  readonly state: 'planned' | 'running' | 'waiting' | 'finished' | 'failed' | 'locked';
}

/** Works beside the running portfolio. @throws PacelineError `WORKSPACE` for damaged files. */
export async function readPortfolioStatus(root: string, id: string): Promise<PortfolioStatus> {
  const plan = readPortfolio(root, id);
  const pid = portfolioOwner(root, id);
  const state = await withCurrent(root, plan, readState(root, plan));
  return statusOf(plan, state, pid);
}

export function statusOf(
  plan: Portfolio,
  state: PortfolioState,
  pid: number | undefined,
): PortfolioStatus {
  const shares = sharesNow(capsOf(plan), state);
  const studies = plan.studies.flatMap((study) => {
    const share = shares.get(study.id);
    const expected = share === undefined ? {} : { expected: share };
    return lineOf(state, study, pid !== undefined).map((line) => ({ ...line, ...expected }));
  });
  return {
    plan,
    state: state.ended ? 'finished' : pid === undefined ? 'interrupted' : 'running',
    ...(pid === undefined ? {} : { pid }),
    spent: spentBy(state.accounts),
    unit: state.unit,
    turns: state.turns,
    studies,
    ...(state.ended ? {} : { next: decideNext(capsOf(plan), state, false) }),
  };
}

function lineOf(state: PortfolioState, { id, name, path, metric }: PlannedStudy, isRun: boolean) {
  return state.accounts
    .filter(({ study }) => study === id)
    .map((account): StudyLine => {
      const isAtWork = isRun && state.current === id;
      return {
        ...account,
        name,
        path,
        metric,
        state: isAtWork ? 'running' : restingState(account),
      };
    });
}

function restingState({ reading, trouble }: Account): StudyLine['state'] {
  if (reading?.isClosed) return 'finished';
  if (trouble) return trouble.code === LOCKED ? 'locked' : 'failed';
  return reading === undefined ? 'planned' : 'waiting';
}

/** With what the turn under way has done so far. */
async function withCurrent(
  root: string,
  plan: Portfolio,
  state: PortfolioState,
): Promise<PortfolioState> {
  const study = plan.studies.find(({ id }) => id === state.current);
  if (study === undefined) return state;
  const before = state.accounts.find((one) => one.study === study.id)?.reading;
  const reading = await readStudy({ root: studyRoot(root, study), id: study.id }, before);
  if (reading === undefined || reading.seq === before?.seq) return state;
  const read = applyMove(state, { move: 'read', study: study.id, reading, tookMs: 0, at: 0 });
  return { ...read, turns: state.turns, current: study.id };
}
