import type { Command } from 'commander';
import { listComparisons, readComparison } from '../../app/compare/record.ts';
import type { StandingRule } from '../../app/people-said.ts';
import { listPortfolios } from '../../app/portfolio/files.ts';
import { readPortfolioStatus } from '../../app/portfolio/status.ts';
import { listSets, readSet } from '../../app/replicates/set-file.ts';
import {
  isUnreadable,
  readEach,
  readStatuses,
  type StudyStatus,
  type Unreadable,
} from '../../app/status.ts';
import { systemClock } from '../../app/system-clock.ts';
import { shortHash } from '../../reporters/report/number-text.ts';
import { stateText, waitingLine } from '../approve-text.ts';
import { helpText } from '../help.ts';
import { printResult, table } from '../output.ts';
import { statusJson, statusLines } from '../portfolio-text.ts';

export function addStatus(program: Command): void {
  program
    .command('status')
    .description(
      'Every portfolio and study of this folder: state, spend, trials, promotions, ledger head',
    )
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'From durable entries only, beside a running study too. Trials are those of all arms, confirms and promotions those of the search. JSON: paceline.status/1.',
        ],
        examples: ['status', 'status --json'],
      }),
    )
    .action((options: { readonly json?: boolean }) => printStatus(process.cwd(), options));
}

async function printStatus(root: string, options: { readonly json?: boolean }): Promise<void> {
  const studies = await readStatuses(root);
  const asked = await readEach(listPortfolios(root), (id) => readPortfolioStatus(root, id));
  const paired = await readEach(listSets(root), (id) => readSet(root, id));
  const compared = await readEach(listComparisons(root), (id) => readComparison(root, id));
  const unreadable = [...asked, ...paired, ...compared]
    .filter(isUnreadable)
    .map(({ id, why }) => ({ id, why }));
  const portfolios = asked.filter(isRead);
  const sets = paired
    .filter(isRead)
    .map(({ id, words = 'no pair is finished' }) => ({ id, words }));
  const comparisons = compared
    .filter(isRead)
    .filter(({ of }) => of === 'configs')
    .map(({ id, words }) => ({ id, words }));
  const lines = [
    ...portfolios.flatMap(statusLines),
    ...(portfolios.length > 0 && studies.length > 0 ? [''] : []),
    ...(studies.length > 0 ? table([HEADING, ...studies.map(rowOf)]) : []),
    ...studies.flatMap(complaint),
    ...studies.flatMap(said),
    ...[...sets, ...comparisons].map(({ id, words }) => `${id}: ${words}`),
    ...unreadable.map(({ id, why }) => `${id}: ${why}`),
  ];
  printResult(
    options,
    {
      schema: 'paceline.status/1',
      studies: studies.map((one) => JSON.parse(JSON.stringify(one))),
      comparisons,
      portfolios: portfolios.map(statusJson),
      sets,
      ...(unreadable.length > 0 ? { unreadable } : {}),
    },
    lines.length > 0 ? lines : ['No study here yet. Start one with: paceline run'],
  );
}

function isRead<T extends object>(one: T | Unreadable): one is T {
  return !isUnreadable(one);
}

const HEADING = [
  'study',
  'state',
  'jail',
  'trials',
  'stopped',
  'confirms',
  'promotions',
  'entries',
  'head',
];

function complaint(study: StudyStatus | Unreadable): readonly string[] {
  return study.state === 'unreadable' ? ['', `${study.id}: ${study.why}`] : [];
}

/** What people said of late, and what of it was not taken up. */
function said(study: StudyStatus | Unreadable): readonly string[] {
  if (study.state === 'unreadable') return [];
  const { id, note, standing = [], written = [], unheard = [], refused = [] } = study;
  const { waiting = [], next = [], hitRates = [] } = study;
  return [
    ...(note === undefined ? [] : [`${id}: note: ${note}`]),
    ...standing.map((rule) => `${id}: in force: ${rule.words} (${rule.id})${barredText(rule)}`),
    ...written.map(
      ({ candidate, by, trial, fate }) =>
        `${id}: ${by} wrote ${shortHash(candidate)}, trial ${trial}: ${fate}`,
    ),
    ...safetyLines(study),
    ...next.map((words, i) => `${id}: next ${i + 1} of ${next.length}: ${words}`),
    ...(hitRates.length > 0 ? [`${id}: follow-ons so far: ${hitRates.join('; ')}`] : []),
    ...waiting.map((one) => waitingLine(study, one, systemClock.wallMs())),
    ...(unheard.length > 0 ? [`${id}: ${unheard.length} said and not taken up yet`] : []),
    ...refused.map(({ name, why }) => `${id}: what ${name} said was set aside: ${why}`),
  ];
}

function safetyLines({ id, openIncidents = [], unpublished }: StudyStatus): readonly string[] {
  const open = openIncidents.map(
    (one) => `${id}: incident ${one} is open (paceline incidents show ${one} --study ${id})`,
  );
  if (unpublished === undefined) return open;
  const { place, generation, why } = unpublished;
  const since = generation === 0 ? 'no root' : `roots up to ${generation} only`;
  return [...open, `${id}: ${place} has ${since}: ${why}`];
}

function barredText({ barred }: StandingRule): string {
  if (barred === undefined || barred.trials === 0) return '';
  return `; barred ${barred.trials} of the last ${barred.of} trials of the search`;
}

function rowOf(study: StudyStatus | Unreadable): readonly string[] {
  if (study.state === 'unreadable') return [study.id, study.state];
  const { id, state, isolation, trials, stopped, confirms, promotions, seq, head } = study;
  return [
    id,
    stateText(state),
    isolation?.match(/\bJ[0-4]\b/)?.[0] ?? '-',
    String(trials),
    stopped === undefined ? '-' : String(stopped),
    String(confirms),
    String(promotions),
    String(seq),
    head.slice(0, 19),
  ];
}
