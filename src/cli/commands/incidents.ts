import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { unwritable } from '../../app/file-fault.ts';
import {
  closingLeft,
  type Incident,
  readIncident,
  readIncidents,
  requireOpen,
} from '../../app/incidents/read.ts';
import { clockText, incidentReport, timeText } from '../../app/incidents/report.ts';
import type { StudyPlace } from '../../app/read-ledger.ts';
import { pickStudyIn } from '../../app/status.ts';
import { pickStudy } from '../../app/study-files.ts';
import { systemClock } from '../../app/system-clock.ts';
import type { Json } from '../../core/json.ts';
import { helpText } from '../help.ts';
import { printResult, table, withoutLastBreak } from '../output.ts';
import { type Common, say } from './steer/say.ts';

interface Options {
  readonly study?: string;
  readonly json?: boolean;
}

export function addIncidents(program: Command): void {
  const incidents = program
    .command('incidents')
    .description('What the gates caught that was an attack, how long ago, and what became of it')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'An incident stops promotions until a person closes it with a reason. Two clocks run from its opening, 24 hours and 15 days, as the EU AI Act (Article 73) and California SB 53 have them; whether either applies to you is for you to find out.',
          'JSON: paceline.incidents/1.',
        ],
        examples: ['incidents list', 'incidents report 1 --file incident-1.md'],
      }),
    );
  addList(incidents);
  addShow(incidents);
  addReport(incidents);
  addClose(incidents);
  for (const command of incidents.commands) {
    command
      .option('--study <id>', 'study id (default: the newest here)')
      .option('--json', 'print as JSON')
      .exitOverride()
      .showHelpAfterError(`(paceline incidents ${command.name()} --help says more)`);
  }
}

function addList(incidents: Command): void {
  incidents
    .command('list')
    .description('All incidents of a study, with the time that is left of each clock')
    .addHelpText('after', helpText({ examples: ['incidents list', 'incidents list --json'] }))
    .action(async ({ study, ...options }: Options) => {
      const place = placeOf(study);
      const all = await readIncidents(place, systemClock.wallMs());
      printResult(options, jsonOf(place.id, all), listLines(place, all));
    });
}

function addShow(incidents: Command): void {
  incidents
    .command('show')
    .description('One incident, the evidence that the ledger names, and what was done since')
    .argument('<number>', 'its number', incidentNumber)
    .addHelpText('after', helpText({ examples: ['incidents show 1'] }))
    .action(async (number: number, { study, ...options }: Options) => {
      const place = placeOf(study);
      const nowMs = systemClock.wallMs();
      const found = await readIncident(place, number, nowMs);
      const json = { ...jsonOf(place.id, [found.incident]), ...(found as unknown as object) };
      const lines = withoutLastBreak(incidentReport(place.id, found, nowMs)).split('\n');
      printResult(options, json as Json, lines);
    });
}

interface ReportOptions extends Options {
  readonly file?: string;
}

function addReport(incidents: Command): void {
  incidents
    .command('report')
    .description('The same as a Markdown file to complete and send')
    .argument('<number>', 'its number', incidentNumber)
    .option('--file <file>', 'write there (default: incident-NUMBER.md)')
    .addHelpText('after', helpText({ examples: ['incidents report 1'] }))
    .action(async (number: number, { study, file, ...options }: ReportOptions) => {
      const place = placeOf(study);
      const nowMs = systemClock.wallMs();
      const text = incidentReport(place.id, await readIncident(place, number, nowMs), nowMs);
      const target = resolve(file ?? `incident-${number}.md`);
      try {
        writeFileSync(target, text, { flag: 'wx' });
      } catch (cause) {
        throw unwritable(target, cause);
      }
      const json = { schema: 'paceline.incidents/1', study: place.id, file: target };
      printResult(options, json, [`Wrote ${target}. A person has to complete it.`]);
    });
}

function addClose(incidents: Command): void {
  incidents
    .command('close')
    .description('Say that an incident is dealt with, so that promotions may go on')
    .argument('<number>', 'its number', incidentNumber)
    .requiredOption('--reason <text>', 'what was found and done')
    .option('--wait <duration>', 'how long to wait for a running study to take it up', '10s')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'It is recorded in the ledger with your name, as what is said with paceline steer is. A study that has ended records nothing any more. JSON: paceline.steer/1.',
        ],
        examples: ['incidents close 1 --reason "our own backup read the canary"'],
      }),
    )
    .action(async (incident: number, options: Common & { readonly reason: string }) => {
      const { reason } = options;
      const study = await pickStudyIn(process.cwd(), options.study, 'running');
      await say({ ...options, study }, async (place) => {
        await requireOpen(place, incident, systemClock.wallMs());
        return { kind: 'close-incident', value: { incident, reason } };
      });
    });
}

function placeOf(study: string | undefined): StudyPlace {
  const root = process.cwd();
  return { root, id: pickStudy(root, study) };
}

function incidentNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write the number of an incident, for example 1.');
}

function jsonOf(study: string, incidents: readonly Incident[]): { readonly [key: string]: Json } {
  const plain = JSON.parse(JSON.stringify(incidents)) as Json;
  return { schema: 'paceline.incidents/1', study, incidents: plain };
}

function openText(left: ReturnType<typeof closingLeft>): string {
  return left ? `open; closed by ${left.by} (${left.reason}), not taken up yet` : 'open';
}

function listLines(place: StudyPlace, incidents: readonly Incident[]): readonly string[] {
  if (incidents.length === 0) return [`${place.id} had no incident.`];
  const rows = incidents.map(({ incident, kind, openedAtMs, closed }) => [
    String(incident),
    kind,
    timeText(openedAtMs),
    closed ? `closed by ${closed.by}: ${closed.reason}` : openText(closingLeft(place, incident)),
  ]);
  const open = incidents.filter(({ closed }) => closed === undefined);
  return [
    ...table([['incident', 'kind', 'opened', 'state'], ...rows]),
    ...open.flatMap(({ incident, clocks = [] }) =>
      clocks.map((clock) => `incident ${incident}, ${clockText(clock)}`),
    ),
  ];
}
