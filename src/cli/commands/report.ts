import type { Command } from 'commander';
import { portfolioMeant } from '../../app/portfolio/files.ts';
import { auditWrittenReport, writeReport } from '../../app/report.ts';
import { pickStudy } from '../../app/study-files.ts';
import { EXIT } from '../../core/errors.ts';
import { helpText } from '../help.ts';
import { printResult } from '../output.ts';
import { reportPortfolio } from '../portfolio-report.ts';
import { openFile } from '../watch.ts';

interface Options {
  readonly open?: boolean;
  readonly audit?: boolean;
  readonly json?: boolean;
}

export function addReport(program: Command): void {
  program
    .command('report')
    .description('Write report.html, report.md and report.json of a study from its ledger')
    .argument(
      '[study]',
      'study or portfolio (default: an unfinished portfolio here, else the newest study)',
    )
    .option('--open', 'open it')
    .option('--audit', 'check that every number of the written report follows from the ledger')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Of a portfolio: report.md, which links the reports of its studies and says where the budget went and why. With --audit every number of the written report is traced to its entries; exit code 65 when one does not follow. JSON: paceline.run/1, or paceline.audit/1 with --audit.',
        ],
        examples: ['report --open', 'report --audit', 'report nightly-7f3a01'],
      }),
    )
    .action(async (study: string | undefined, options: Options) => {
      const root = process.cwd();
      const portfolio = portfolioMeant(root, study);
      if (portfolio !== undefined) return reportPortfolio(root, portfolio, options);
      const place = { root, id: pickStudy(root, study) };
      if (options.audit) return audit(place, options);
      const report = await writeReport(place);
      const { htmlPath, markdownPath, jsonPath } = report;
      printResult(options, report.result(EXIT.done), [
        ...report.verdict,
        `Report: ${htmlPath}`,
        `        ${markdownPath}`,
        `        ${jsonPath}`,
      ]);
      if (options.open) openFile(htmlPath);
    });
}

async function audit(
  place: { readonly root: string; readonly id: string },
  options: Options,
): Promise<void> {
  const { findings, numbers, seq, lastSeq } = await auditWrittenReport(place);
  const verdict =
    findings.length === 0
      ? [`${place.id}: all ${numbers} facts of the report follow from the ledger.`]
      : findings.map(({ place: where, text, advice }) => `${where}: ${text} ${advice}`);
  const age = `The report ends at entry ${seq}; the ledger has ${lastSeq} by now.`;
  const lines = seq < lastSeq ? [...verdict, age] : verdict;
  const json = {
    schema: 'paceline.audit/1',
    study: place.id,
    numbers,
    seq,
    lastSeq,
    findings: findings.map((one) => ({ ...one })),
  };
  printResult(options, json, lines);
  process.exitCode = findings.length === 0 ? EXIT.done : EXIT.ledgerAltered;
}
