/**
 * Where things of a portfolio lie, below the folder of `paceline.portfolio.yaml`:
 *
 *     .paceline/portfolios/<id>/   portfolio.json (what was planned), moves.jsonl (moves.ts), study.lock,
 *                                  report.md
 *
 * Ids of studies are planned before the first begins, so that the portfolio resumes as a whole. Each
 * study is an ordinary one in the folder of its own config.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ownerOf } from '../../stores/study-lock.ts';
import { metricOf } from '../build-judge.ts';
import type { Config } from '../config-schema.ts';
import { readRecord } from '../read-record.ts';
import { listStudies, newStudyId, oldestFirst, stateFolder } from '../study-files.ts';
import { writeRecord } from '../whole-record.ts';
import type { Caps } from './decide.ts';
import { applyMove, newState, type PortfolioState } from './fold.ts';
import type { LoadedPortfolio } from './load.ts';
import { readMoves } from './moves.ts';
import { portfolioSchema } from './schema.ts';

const PLAN_FILE = 'portfolio.json';

const planned = z.strictObject({
  /** Of the study in the folder of its config. */
  id: z.string(),
  name: z.string(),
  /** Of its config file, relative to the portfolio's folder. */
  path: z.string(),
  weight: z.number(),
  /** Its objective. */
  metric: z.strictObject({
    name: z.string(),
    unit: z.string(),
    kind: z.literal('time').exactOptional(),
  }),
  /** As it was when the portfolio began. */
  config: z.unknown(),
});
export type PlannedStudy = z.infer<typeof planned>;

const portfolio = z.strictObject({
  schema: z.literal('paceline.portfolio/1'),
  id: z.string(),
  config: portfolioSchema,
  studies: z.array(planned).min(1),
});
export type Portfolio = z.infer<typeof portfolio>;

/** Written before anything is spent. @throws PacelineError `WORKSPACE`. */
export function createPortfolio({ root, config, studies }: LoadedPortfolio): Portfolio {
  const plan: Portfolio = {
    schema: 'paceline.portfolio/1',
    id: newStudyId(config.name),
    config,
    studies: studies.map(({ path, weight, config: of }) => ({
      id: newStudyId(of.name),
      name: of.name,
      path,
      weight,
      metric: plannedMetric(of),
      config: of,
    })),
  };
  const path = planPath(root, plan.id);
  writeRecord(root, plan, { path, what: 'The portfolio' });
  return plan;
}

function plannedMetric(config: Config): PlannedStudy['metric'] {
  const { name, unit, kind } = metricOf(config);
  return { name, unit, ...(kind ? { kind } : {}) };
}

export function portfolioFolder(root: string, id: string): string {
  return join(stateFolder(root), 'portfolios', id);
}

export function movesPath(root: string, id: string): string {
  return join(portfolioFolder(root, id), 'moves.jsonl');
}

/** Folder of one of its studies. */
export function studyRoot(root: string, { path }: Pick<PlannedStudy, 'path'>): string {
  return dirname(join(root, path));
}

export function isPortfolio(root: string, id: string): boolean {
  return existsSync(planPath(root, id));
}

/** Ids, oldest first. */
export function listPortfolios(root: string): readonly string[] {
  return oldestFirst(join(stateFolder(root), 'portfolios'), PLAN_FILE);
}

/** @throws PacelineError `WORKSPACE` for a damaged file. */
export function readPortfolio(root: string, id: string): Portfolio {
  const remedy = 'Restore it from a copy; the ledgers of its studies are untouched.';
  return readRecord(planPath(root, id), { schema: portfolio, remedy });
}

/** Of an equal share; less, and what begins slowly is found too late. */
const LEAST_SHARE = 0.2;

export function capsOf({ config: { budget, slice, share } }: Portfolio): Caps {
  return {
    budget: {
      ...(budget.wall === undefined ? {} : { wallMs: budget.wall }),
      ...(budget.evals === undefined ? {} : { evals: budget.evals }),
    },
    slice: {
      ...(slice.wall === undefined ? {} : { wallMs: slice.wall }),
      ...(slice.evals === undefined ? {} : { evals: slice.evals }),
      ...(slice.trials === undefined ? {} : { trials: slice.trials }),
    },
    share: { by: share.by, least: share.least ?? LEAST_SHARE },
  };
}

export function initialState({ studies, config: { budget } }: Portfolio): PortfolioState {
  const isOfEvals = budget.evals !== undefined && budget.wall === undefined;
  return newState(studies, isOfEvals ? 'evals' : 'wallMs');
}

/** From the moves alone. */
export function readState(root: string, plan: Portfolio): PortfolioState {
  return readMoves(movesPath(root, plan.id)).reduce(applyMove, initialState(plan));
}

/** The process that runs it. */
export function portfolioOwner(root: string, id: string): number | undefined {
  return ownerOf(portfolioFolder(root, id))?.pid;
}

function planPath(root: string, id: string): string {
  return join(portfolioFolder(root, id), PLAN_FILE);
}

/**
 * The portfolio named; without a name the newest one here while it is unfinished, or where there is no
 * study. Undefined where a study is meant.
 */
export function portfolioMeant(root: string, named: string | undefined): string | undefined {
  if (named !== undefined) return isPortfolio(root, named) ? named : undefined;
  const newest = listPortfolios(root).at(-1);
  if (newest === undefined) return undefined;
  const isOpen = readState(root, readPortfolio(root, newest)).ended === undefined;
  return isOpen || listStudies(root).length === 0 ? newest : undefined;
}
