import type { Command } from 'commander';
import { type DecidedNow, decideRequest } from '../../app/approve/decide.ts';
import { describeRequest, type RequestShown } from '../../app/approve/describe.ts';
import type { Requested } from '../../app/approve/requests.ts';
import { pickWaiting, readRequests, requestNamed } from '../../app/approve/waiting.ts';
import { systemClock } from '../../app/system-clock.ts';
import { EXIT, PacelineError } from '../../core/errors.ts';
import { oneLine } from '../../reporters/plain-text.ts';
import { shortHash } from '../../reporters/report/number-text.ts';
import { askPerson, type Said } from '../approve-prompt.ts';
import { expiryText, requestLines, standingText } from '../approve-text.ts';
import { helpText } from '../help.ts';
import { printResult, table } from '../output.ts';

interface Options {
  readonly yes?: boolean;
  readonly reject?: boolean;
  readonly reason?: string;
  readonly json?: boolean;
}

type Decision = DecidedNow['decision'];

const TERMINAL = { input: process.stdin, output: process.stderr };

export function addApprove(program: Command): void {
  program
    .command('approve')
    .description('What waits for a person, with all there is to judge it by; yes or no to it')
    .argument('[study]', 'study id (default: the newest here in which something waits)')
    .argument('[request]', 'number of the request (default: the only one that waits)')
    .option('--yes', 'agree, with --reason')
    .option('--reject', 'refuse, with --reason: the candidate is declined')
    .option('--reason <text>', 'why, recorded for whoever asks later')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Asked for are promotions at autonomy level 3, changes that reach further than safety.manifest, every fourfold of verified gain, and changes of the gate itself (docs/approvals.md). A yes counts for exactly what is shown (candidate, incumbent, verdict of the gate, rule) until it expires; a time-out never approves. At a terminal it asks; elsewhere it shows, and only --yes or --reject decides.',
          'Exit code 4 while something waits, 2 for a request that is unknown, decided or expired. JSON: paceline.approve/1.',
        ],
        examples: [
          'approve',
          'approve bin-packing-7f3a01 3',
          'approve 3 --yes --reason "read the diff, ran it by hand"',
          'approve 3 --reject --reason "reads the clock"',
        ],
      }),
    )
    .action(async (study: string | undefined, request: string | undefined, options: Options) => {
      const root = process.cwd();
      const named = argumentsOf(study, request);
      const decision = decisionOf(options);
      const isDeciding = decision !== undefined;
      const id = await pickWaiting(root, { id: named.study, isDeciding });
      process.exitCode = await approve({ root, id, approval: named.approval }, decision, options);
    });
}

/** A number alone is a request: no study is named by digits alone. */
function argumentsOf(study: string | undefined, request: string | undefined) {
  const [id, number] =
    request === undefined && study !== undefined && /^\d+$/.test(study)
      ? [undefined, study]
      : [study, request];
  if (number === undefined) return { study: id, approval: undefined };
  if (/^[1-9]\d{0,8}$/.test(number)) return { study: id, approval: Number(number) };
  throw new PacelineError(
    'USAGE',
    `"${number}" is no request: name the number that paceline approve lists, such as 3.`,
    { request: number },
  );
}

function decisionOf({ yes, reject, reason }: Options): Decision | undefined {
  if (yes && reject) {
    throw new PacelineError('USAGE', '--yes and --reject exclude each other: name one.');
  }
  const decision = yes ? 'approve' : reject ? 'reject' : undefined;
  if (decision !== undefined && (reason ?? '').trim() === '') {
    const flag = yes ? '--yes' : '--reject';
    throw new PacelineError('USAGE', `${flag} needs --reason: it is recorded with the decision.`);
  }
  if (decision === undefined && reason !== undefined) {
    throw new PacelineError('USAGE', '--reason belongs to --yes or --reject: name one of them.');
  }
  return decision;
}

interface Place {
  readonly root: string;
  readonly id: string;
  readonly approval: number | undefined;
}

async function approve(
  { root, id, approval }: Place,
  decision: Decision | undefined,
  options: Options,
): Promise<number> {
  const requests = await readRequests(root, id);
  const { waiting } = requests;
  const named = approval === undefined ? undefined : requestNamed(requests, { id, approval });
  const only = named ?? (waiting.length === 1 ? waiting[0] : undefined);
  if (only === undefined) {
    if (decision !== undefined) throw unnamed(id, waiting);
    return list({ root, id }, waiting, options);
  }
  const shown = await describeRequest(root, id, only);
  if (decision !== undefined) {
    return decide({ root, id, shown }, { decision, reason: options.reason ?? '' }, options);
  }
  const lines = requestLines(shown, { study: id, nowMs: systemClock.wallMs() });
  printResult(options, jsonOf(id, [shown]), lines);
  const isAsked = !options.json && process.stdin.isTTY === true && process.stderr.isTTY === true;
  const answer =
    isAsked && shown.stands === 'stands' && !shown.left
      ? await askPerson(only.body.approval, TERMINAL)
      : undefined;
  if (answer) return decide({ root, id, shown }, answer, options);
  if (!options.json && !isAsked) process.stdout.write(howTo(id, only, shown));
  return EXIT.waitsForApproval;
}

async function list(
  { root, id }: Omit<Place, 'approval'>,
  waiting: readonly Requested[],
  options: Options,
): Promise<number> {
  const shown: RequestShown[] = [];
  for (const one of waiting) shown.push(await describeRequest(root, id, one));
  printResult(
    options,
    jsonOf(id, shown),
    shown.length === 0 ? [`Nothing waits in ${id}.`] : rows(id, shown),
  );
  return shown.length === 0 ? EXIT.done : EXIT.waitsForApproval;
}

function rows(id: string, shown: readonly RequestShown[]): readonly string[] {
  const nowMs = systemClock.wallMs();
  const head = ['request', 'about', 'candidate', 'gain', 'expires'];
  const body = shown.map((one) => [
    String(one.asked.approval),
    one.asked.about,
    shortHash(one.asked.candidate),
    one.promotion?.gain ?? '-',
    oneLine(standingText(one, nowMs)),
  ]);
  return [...table([head, ...body]), '', `Look at one with: paceline approve ${id} REQUEST`];
}

function unnamed(id: string, waiting: readonly Requested[]): PacelineError {
  const numbers = waiting.map(({ body }) => body.approval);
  const message =
    numbers.length === 0
      ? `Nothing waits in ${id}, so there is nothing to decide.`
      : `${numbers.length} requests wait in ${id} (${numbers.join(', ')}): name the one that is meant.`;
  return new PacelineError('USAGE', message, { id, waiting: numbers });
}

function howTo(id: string, { body }: Requested, { left }: RequestShown): string {
  if (left) return `\nIt is taken up by whoever runs the study: paceline resume ${id}\n`;
  const command = `paceline approve ${id} ${body.approval}`;
  return `\nDecide with: ${command} --yes --reason "…", or ${command} --reject --reason "…"\n`;
}

async function decide(
  { root, id, shown }: { readonly root: string; readonly id: string; readonly shown: RequestShown },
  said: Said,
  options: Options,
): Promise<number> {
  const done = await decideRequest({ root, id, request: shown.asked, ...said });
  const json = { ...(jsonOf(id, [shown]) as object), decided: done };
  printResult(options, JSON.parse(JSON.stringify(json)), [doneWords(done, shown)]);
  return EXIT.done;
}

function doneWords(
  { study, approval, decision, state, seq }: DecidedNow,
  shown: RequestShown,
): string {
  const verb = decision === 'approve' ? 'Agreed to' : 'Refused';
  const nowMs = systemClock.wallMs();
  if (state === 'taken-up') return `${verb} request ${approval} of ${study}, in entry ${seq}.`;
  const left = `${verb} request ${approval}, left for ${study}.`;
  return state === 'waiting'
    ? `${left} It is taken up when the step under way ends.`
    : `${left} Nobody runs it now: paceline resume ${study} takes it up, if before the request expires (${expiryText(shown.asked, nowMs)}).`;
}

function jsonOf(study: string, shown: readonly RequestShown[]) {
  const waiting = shown.map(({ asked, entry, why, stands, left, promotion }) => ({
    ...asked,
    entry,
    because: why,
    stands,
    ...(left ? { left } : {}),
    ...promotion,
  }));
  return JSON.parse(JSON.stringify({ schema: 'paceline.approve/1', study, waiting }));
}
