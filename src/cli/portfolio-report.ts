/** `report` of a portfolio. */
import { writePortfolioReport } from '../app/portfolio/report.ts';
import { EXIT, PacelineError } from '../core/errors.ts';
import { printResult } from './output.ts';
import { statusJson, statusLines } from './portfolio-text.ts';

interface Options {
  readonly open?: boolean;
  readonly audit?: boolean;
  readonly json?: boolean;
}

/** @throws PacelineError `USAGE` for what is about the page of one study. */
export async function reportPortfolio(root: string, id: string, options: Options): Promise<void> {
  const flag = options.open ? '--open' : options.audit ? '--audit' : undefined;
  if (flag !== undefined) {
    throw new PacelineError(
      'USAGE',
      `${flag} is about one study; name one, or check ${id} with paceline verify ${id}.`,
      { flag },
    );
  }
  const { path, status, without } = await writePortfolioReport(root, id, { whole: true });
  const missing = without.map(({ name, why }) => `No report of ${name}: ${why}`);
  const json = { schema: 'paceline.portfolio/1', exitCode: EXIT.done, report: path, without };
  printResult(options, { ...json, ...statusJson(status) }, [
    ...statusLines(status),
    ...missing,
    `Report: ${path}`,
  ]);
}
