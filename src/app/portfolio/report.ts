/** The report of a portfolio: its studies with links to their own reports, and where the budget went and why. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import { writeReport } from '../report.ts';
import { studyFolder } from '../study-files.ts';
import { writePages } from '../whole-record.ts';
import { initialState, movesPath, type PlannedStudy, portfolioFolder, studyRoot } from './files.ts';
import { readMoves } from './moves.ts';
import { portfolioMarkdown } from './report-markdown.ts';
import { type PortfolioStatus, readPortfolioStatus } from './status.ts';
import { turnsOf } from './turns.ts';

export interface WrittenPortfolioReport {
  readonly path: string;
  readonly status: PortfolioStatus;
  /** Studies whose own report could not be written, with the reason. */
  readonly without: readonly { readonly name: string; readonly why: string }[];
}

/** `whole`: the studies' own reports are written too, as their ledgers are now. */
export async function writePortfolioReport(
  root: string,
  id: string,
  { whole }: { readonly whole: boolean },
): Promise<WrittenPortfolioReport> {
  const status = await readPortfolioStatus(root, id);
  const without = whole ? await writeReports(root, status) : [];
  const folder = portfolioFolder(root, id);
  const turns = turnsOf(initialState(status.plan), readMoves(movesPath(root, id)));
  const page = portfolioMarkdown(status, turns, (study) => linkOf(root, id, study));
  const afterwards = `, then run paceline report ${id}`;
  writePages({ folder, what: 'The report of the portfolio', afterwards }, { 'report.md': page });
  return { path: join(folder, 'report.md'), status, without };
}

async function writeReports(root: string, { plan, studies }: PortfolioStatus) {
  const without: { readonly name: string; readonly why: string }[] = [];
  const begun = new Set(studies.flatMap(({ study, reading }) => (reading ? [study] : [])));
  for (const study of plan.studies.filter(({ id }) => begun.has(id))) {
    try {
      await writeReport({ root: studyRoot(root, study), id: study.id });
    } catch (error) {
      if (!PacelineError.is(error)) throw error;
      without.push({ name: study.name, why: error.message });
    }
  }
  return without;
}

/** The study's own page from where the portfolio's report lies; undefined where there is none. */
function linkOf(root: string, id: string, study: PlannedStudy): string | undefined {
  const page = join(studyFolder(studyRoot(root, study), study.id), 'report', 'report.html');
  return existsSync(page) ? relative(portfolioFolder(root, id), page) : undefined;
}
