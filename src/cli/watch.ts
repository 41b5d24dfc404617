/** What `run`, `resume` and `demo` share: live progress, signals, the verdict at the end. */
import { spawn } from 'node:child_process';
import { type Command, InvalidArgumentError } from 'commander';
import { parseArgsStringToArgv } from 'string-argv';
import type { Ending, Engine, StudyHandle } from '../app/engine.ts';
import { createEngine } from '../app/engine.ts';
import { isTried } from '../app/jail/choose.ts';
import { whyNotStarted } from '../app/named-program.ts';
import { type WrittenReport, writeReport } from '../app/report.ts';
import { branchPromotions } from '../app/repository/branch.ts';
import { systemClock } from '../app/system-clock.ts';
import { EXIT, PacelineError } from '../core/errors.ts';
import { quietJson } from '../reporters/plain-text.ts';
import { type TerminalOptions, terminalReporter } from '../reporters/terminal.ts';
import { auditTicker } from './audit-ticker.ts';
import { branchLine } from './branch-line.ts';
import { interruptible } from './interrupt.ts';
import { cassetteOf, type SpendingOptions } from './spending.ts';

export interface WatchOptions extends SpendingOptions {
  readonly json?: boolean;
  readonly open?: boolean;
  readonly quiet?: boolean;
  readonly failIfNone?: boolean;
  /** Program and arguments to run when the study has ended. */
  readonly notify?: string;
}

export function withWatchOptions(command: Command): Command {
  return command
    .option(
      '--notify <command>',
      'when done or failed, run this with the verdict or the error as its last argument',
      notifyCommand,
    )
    .option('--open', 'open the report when done')
    .option('--quiet', 'no progress on stderr')
    .option('--json', 'print the result as JSON on the last line of stdout')
    .option('--fail-if-none', 'exit 3 when nothing was promoted');
}

export interface StayOptions
  extends Pick<WatchOptions, 'quiet'>,
    Pick<TerminalOptions, 'said'>,
    SpendingOptions {
  /** Of a set or a comparison: stopped early it would be none of its pairs, so SIGTERM pauses it too. */
  readonly isReplicate?: boolean;
}

const TRYING = 'Trying which jail this machine can have, once: a second or two.\n';

function replayed(path: string): string {
  return `Answers come from the recording ${path}: what is found is the recorded study again, and no new evidence.\n`;
}

/** Starts or resumes in `root` and stays until it ends, with progress and signals. */
export async function stay(
  root: string,
  options: StayOptions,
  begin: (engine: Engine) => Promise<StudyHandle>,
): Promise<Ending> {
  const reporter = terminalReporter({
    write: (text) => void process.stderr.write(text),
    isTty: process.stderr.isTTY === true && !options.quiet,
    columns: process.stderr.columns ?? 80,
    clock: systemClock,
    ...(options.said ? { said: options.said } : {}),
  });
  const write = (text: string): void => void process.stderr.write(text);
  const ticker = auditTicker(write, process.stderr.isTTY === true);
  const cassette = cassetteOf(options);
  if (cassette && 'replay' in cassette && !options.quiet) write(replayed(cassette.replay));
  const engine = createEngine({
    root,
    ...(cassette ? { cassette } : {}),
    mayPay: options.yes ?? false,
    reporters: options.quiet ? [] : [reporter],
    ...(options.quiet ? {} : { onAudit: ticker.onAudit }),
  });
  if (!options.quiet && !isTried()) process.stderr.write(TRYING);
  // Of a set something has begun: whoever runs it hears the signal, and says how to go on.
  const began = options.isReplicate ? begin(engine) : interruptible(() => begin(engine));
  const study = await began.finally(ticker.end);
  const release = onSignals(study, options);
  return study.done.finally(() => {
    release();
    if (!options.quiet) reporter.onEnd?.();
  });
}

/** Stays, writes the report and says the verdict. Returns the exit code. */
export async function watch(
  root: string,
  options: WatchOptions,
  begin: (engine: Engine) => Promise<StudyHandle>,
): Promise<number> {
  const ending = await stay(root, options, begin);
  const report = await writeReport({ root, id: ending.id });
  const code = exitCodeOf(ending, report, options);
  const branch = await branchWords(root, ending.id);
  if (options.json) process.stdout.write(`${quietJson(report.result(code))}\n`);
  else process.stdout.write(`${[...lastWords(ending, report), ...branch].join('\n')}\n`);
  if (options.open) openFile(report.htmlPath);
  if (options.notify) notify(options.notify, report.verdict[0] ?? ending.status);
  return code;
}

/** Whoever asked to be told is told of a start that was refused and of a run that failed, too. */
export async function tellingFailure(
  { notify: command }: Pick<WatchOptions, 'notify'>,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (command) notify(command, error instanceof Error ? error.message : String(error));
    throw error;
  }
}

/** The study is over and reported: a branch that cannot be moved is said, and changes nothing of that. */
async function branchWords(root: string, id: string): Promise<readonly string[]> {
  try {
    const branched = await branchPromotions(root, id);
    return branched ? [branchLine(branched)] : [];
  } catch (error) {
    if (PacelineError.is(error)) return [error.message];
    throw error;
  }
}

function exitCodeOf(ending: Ending, report: WrittenReport, options: WatchOptions): number {
  if (ending.status === 'interrupted') return EXIT.interrupted;
  if (ending.status === 'waits-for-approval') return EXIT.waitsForApproval;
  return options.failIfNone && report.promotions === 0 ? EXIT.nothingPromoted : EXIT.done;
}

function lastWords(ending: Ending, report: WrittenReport): readonly string[] {
  return [...report.verdict, ...nextWords(ending), `Report: ${report.htmlPath}`];
}

function nextWords({ status, id }: Ending): readonly string[] {
  if (status === 'interrupted') {
    return [`Interrupted; nothing is lost. Continue with: paceline resume ${id}`];
  }
  if (status !== 'waits-for-approval') return [];
  return [
    `It waits for a person, and nothing is lost. Decide with: paceline approve ${id}; then paceline resume ${id}`,
  ];
}

/**
 * Ctrl-C, or a closed terminal, pauses; SIGTERM (paceline stop) finishes. A second signal does not
 * wait: the evaluators are ended and so is the process; what is durable stays resumable.
 */
function onSignals(study: StudyHandle, { isReplicate }: StayOptions): () => void {
  let isAsked = false;
  const first = (wish: () => void) => (): void => {
    if (isAsked) {
      study.abandon();
      process.exit(EXIT.interrupted);
    }
    isAsked = true;
    wish();
  };
  const handlers = {
    SIGINT: first(() => study.pause()),
    SIGHUP: first(() => study.pause()),
    SIGTERM: first(() => (isReplicate ? study.pause() : study.stop())),
  };
  const names = Object.keys(handlers) as (keyof typeof handlers)[];
  for (const name of names) process.on(name, handlers[name]);
  return () => {
    for (const name of names) process.removeListener(name, handlers[name]);
  };
}

/** Shows a file with the desktop's own opener; where there is none, the printed path is enough. */
export function openFile(path: string): void {
  const opener = spawn('xdg-open', [path], { detached: true, stdio: 'ignore' });
  opener.on('error', () =>
    process.stderr.write('paceline: xdg-open is not installed; open the file by hand.\n'),
  );
  opener.unref();
}

/** Refused before the study starts: with no program that can be run, nobody would be told at its end. */
function notifyCommand(text: string): string {
  const [program = ''] = parseArgsStringToArgv(text);
  const fault = program === '' ? 'It names no program' : whyNotStarted(program);
  if (fault === undefined) return text;
  throw new InvalidArgumentError(`${fault}. Name a program to run, for example notify-send.`);
}

/** Tells whoever asked to be told. No shell reads the command, so a verdict is only ever an argument. */
export function notify(command: string, verdict: string): void {
  const [program = '', ...args] = parseArgsStringToArgv(command);
  const told = spawn(program, [...args, verdict], { stdio: 'ignore', detached: true });
  told.on('error', ({ message }) =>
    process.stderr.write(`paceline: --notify ${program} could not be run: ${message}.\n`),
  );
  told.unref();
}
