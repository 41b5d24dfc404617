import type { Command } from 'commander';
import { isComparison } from '../../app/compare/record.ts';
import { verifyComparison } from '../../app/compare/verify-comparison.ts';
import { isJournal, journalFolder } from '../../app/improvers/compare/journal.ts';
import { type JournalReport, verifyJournal } from '../../app/improvers/compare/verify-journal.ts';
import { sealedLedger } from '../../app/improvers/sealed/pool.ts';
import { isArchive } from '../../app/is-archive.ts';
import { portfolioMeant } from '../../app/portfolio/files.ts';
import { verifyPortfolio } from '../../app/portfolio/verify.ts';
import { readPublished } from '../../app/publish/place.ts';
import type { StudyPlace } from '../../app/read-ledger.ts';
import { isSet } from '../../app/replicates/set-file.ts';
import { verifySet } from '../../app/replicates/verify-set.ts';
import { checkCommit, holdsPromotion } from '../../app/repository/check-commit.ts';
import { type SecondReport, verifySecond } from '../../app/second/verify-second.ts';
import { pickStudy } from '../../app/study-files.ts';
import { type Outside, type VerifyReport, verifyStudy } from '../../app/verify-study.ts';
import { EXIT, PacelineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { countedText, countText } from '../../reporters/report/number-text.ts';
import { helpText } from '../help.ts';
import { printResult } from '../output.ts';
import { verifyLines } from '../verify-text.ts';

interface Options {
  readonly head?: readonly string[];
  readonly roots?: string;
  readonly second?: boolean;
  readonly commit?: string;
  readonly json?: boolean;
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'Check the ledger entry by entry and derive every decision again from its evidence',
    )
    .argument(
      '[study]',
      'study, replicate set, comparison, portfolio, sealed pool of tasks, or a file that export wrote (default: an unfinished portfolio here, else the newest study)',
    )
    .option(
      '--head <head>',
      'head noted elsewhere, as printed (seq:sha256:…): shows a cut or rewritten ledger; may be repeated',
      (head: string, before: readonly string[] = []) => [...before, head],
    )
    .option(
      '--roots <place>',
      'roots kept in a second place: a folder, git:REMOTE or git:REMOTE#BRANCH; says which entry was altered',
    )
    .option('--commit <commit>', 'the files of that commit are those that were promoted, too')
    .option('--second', 'ask a second verifier instead, which shares no code with the engine')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Derives every screen, admission, acceptance, promotion and comparison again from the recorded evidence, and says what a ledger alone cannot show. Exit code 65 when anything does not hold. A file is read where it lies: nothing is imported, and it needs no study here. JSON: paceline.verify/1; of a replicate set paceline.verify-set/1; of a portfolio, whose turns are decided again too, paceline.verify-portfolio/1.',
        ],
        examples: [
          'verify',
          'verify bin-packing-7f3a01 --head 1874:sha256:09ab…',
          'verify bin-packing-7f3a01 --roots /mnt/other/roots',
          'verify --roots git:origin',
          'verify --second --roots git:origin',
          'verify evidence.paceline.tgz',
          'verify stats-7f3a01 --commit HEAD',
        ],
      }),
    )
    .action(verify);
}

async function verify(study: string | undefined, options: Options): Promise<void> {
  const root = process.cwd();
  if (study !== undefined && isArchive(root, study)) return verifyFile(study, options);
  const portfolio = portfolioMeant(root, study);
  if (portfolio !== undefined) return verifyMany(root, portfolio, options);
  if (study !== undefined && isSet(root, study)) return verifyReplicates(root, study, options);
  if (study !== undefined && isComparison(root, study)) return verifyTwo(root, study, options);
  const journal = study === undefined ? undefined : journalMeant(root, study);
  if (study !== undefined && journal !== undefined)
    return verifyImprovers(root, { study, journal }, options);
  return verifyOne(root, pickStudy(root, study), options);
}

/** Folder of the ledger of a comparison of improvers, or of a seal. */
const journalMeant = (root: string, named: string): string | undefined =>
  isJournal(root, named) ? journalFolder(root, named) : sealedLedger(root, named);

async function verifyOne(root: string, id: string, options: Options): Promise<void> {
  if (options.second) return verifyTwice({ root, id }, options);
  const report = await verifyStudy(root, id, outsideOf(root, options));
  const held =
    options.commit && report.ok ? await checkCommit(root, id, options.commit) : undefined;
  const json = { schema: 'paceline.verify/1', study: id, ...plain(report) };
  const { besides = null, takenBack = null } = held ?? {};
  const shown = held ? { ...json, commit: { ...held, takenBack, besides } } : json;
  printResult(options, shown, verifyLines(id, report, held));
  const isWhole = report.ok && (held === undefined || holdsPromotion(held));
  process.exitCode = isWhole ? EXIT.done : EXIT.ledgerAltered;
}

async function verifyTwice(place: StudyPlace, options: Options): Promise<void> {
  if (options.commit !== undefined) {
    const only = '--commit is checked by the first verifier: leave out --second, or --commit.';
    throw new PacelineError('USAGE', only);
  }
  const report = await verifySecond(place, outsideOf(place.root, options));
  printResult(options, plain(report), secondLines(report));
  process.exitCode = report.ok ? EXIT.done : EXIT.ledgerAltered;
}

/** Of what it derives, one. */
const ONE: Readonly<Record<string, string>> = {
  entries: 'entry',
  signatures: 'signature',
  roots: 'root',
  confirms: 'confirm',
  promotions: 'promotion',
};

function secondLines({ study, ok, head, derived, findings, notDerived }: SecondReport) {
  const counts = Object.entries(derived).map(([what, count]) =>
    count === 1 ? `1 ${ONE[what] ?? what}` : `${countText(count)} ${what}`,
  );
  return [
    `${study}: ${ok ? 'holds' : countedText(findings.length, 'finding')} (second verifier)`,
    `  derived again: ${counts.join(', ')}`,
    `  head ${head ?? 'none'}`,
    ...findings.map(({ seq, detail }) => `  entry ${seq}: ${detail}`),
    'Not derived by it:',
    ...notDerived.map((one) => `  - ${one}`),
  ];
}

function outsideOf(root: string, { head = [], roots }: Options): Outside {
  if (roots === undefined) return { heads: head };
  return { heads: head, roots: (study) => readPublished(root, study, roots) };
}

async function verifyFile(file: string, { commit, ...options }: Options): Promise<void> {
  if (options.second)
    throw new PacelineError(
      'USAGE',
      '--second reads a study of this folder. Take the file in first: paceline import FILE.',
    );
  if (commit !== undefined)
    throw new PacelineError(
      'USAGE',
      '--commit is checked against a study of the repository it lies in. Take the file in there first: paceline import FILE.',
    );
  const { verifyArchive } = await import('../../app/archive.ts');
  const { id, report } = await verifyArchive(file, outsideOf(process.cwd(), options));
  printResult(
    options,
    { schema: 'paceline.verify/1', study: id, file, ...plain(report) },
    verifyLines(id, report),
  );
  process.exitCode = report.ok ? EXIT.done : EXIT.ledgerAltered;
}

function refuseOutside({ head, roots, second }: Options, but: string): void {
  const given = head ? '--head' : roots ? '--roots' : second ? '--second' : undefined;
  if (given === undefined) return;
  throw new PacelineError('USAGE', `${given} belongs to one study, and ${but}. Leave it out.`);
}

/** Each study of a set has a head of its own in the set, so none is taken from the command line. */
async function verifyReplicates(root: string, id: string, options: Options): Promise<void> {
  refuseOutside(options, `${id} is a set that records a head for each`);
  const { ok, words, finished, findings } = await verifySet(root, id);
  printResult(
    options,
    { schema: 'paceline.verify-set/1', set: id, ok, words, finished, findings },
    [
      `${id}: ${ok ? 'holds' : `${findings.length} findings`}`,
      `  ${words}`,
      ...findings.map((one) => `  ${one}`),
    ],
  );
  process.exitCode = ok ? EXIT.done : EXIT.ledgerAltered;
}

async function verifyMany(root: string, id: string, options: Options): Promise<void> {
  refuseOutside(options, `${id} is a portfolio that records a head for each`);
  const report = await verifyPortfolio(root, id);
  const { ok, turns, readings, studies, findings } = report;
  printResult(options, { schema: 'paceline.verify-portfolio/1', portfolio: id, ...report }, [
    `${id}: ${ok ? 'holds' : `${findings.length} findings`}`,
    `  ${turns} turns decided again, ${readings} readings taken again, ${studies} studies verified`,
    ...findings.map((one) => `  ${one}`),
  ]);
  process.exitCode = ok ? EXIT.done : EXIT.ledgerAltered;
}

async function verifyTwo(root: string, id: string, options: Options): Promise<void> {
  refuseOutside(options, `${id} is a comparison that records a head for each`);
  const { ok, words, findings } = await verifyComparison(root, id);
  printResult(
    options,
    { schema: 'paceline.verify-compare/1', comparison: id, ok, words, findings },
    [
      `${id}: ${ok ? 'holds' : `${findings.length} findings`}`,
      `  ${words}`,
      ...findings.map((one) => `  ${one}`),
    ],
  );
  process.exitCode = ok ? EXIT.done : EXIT.ledgerAltered;
}

function verifyImprovers(
  root: string,
  { study, journal }: { readonly study: string; readonly journal: string },
  options: Options,
): void {
  refuseOutside(options, `${study} is a comparison of improvers, in a ledger of its own`);
  const report = verifyJournal(root, journal);
  const { ok, words, findings } = report;
  printResult(
    options,
    { schema: 'paceline.verify-compare/1', comparison: study, ...plain(report) },
    [
      `${study}: ${ok ? 'holds' : countedText(findings.length, 'finding')}`,
      `  ${words}`,
      ...findings.map((one) => `  ${one}`),
      ...signedLines(report),
    ],
  );
  process.exitCode = ok ? EXIT.done : EXIT.ledgerAltered;
}

const signedLines = ({ isOurs }: JournalReport): readonly string[] =>
  isOurs === undefined
    ? []
    : [
        isOurs
          ? '  signed by a key of this folder'
          : '  not signed by a key of this folder: it was made elsewhere, or its keys are gone',
      ];

function plain(report: VerifyReport | SecondReport | JournalReport): {
  readonly [key: string]: Json;
} {
  return JSON.parse(JSON.stringify(report)) as { readonly [key: string]: Json };
}
