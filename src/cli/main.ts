#!/usr/bin/env node
import { asFileFault } from '../app/file-fault.ts';
import { EXIT, PacelineError } from '../core/errors.ts';
import { quietJson, stripControl } from '../reporters/plain-text.ts';
import { buildProgram } from './program.ts';

/** Parses, runs, and sets the exit code; the process ends by itself when its work is done. */
async function main(): Promise<void> {
  const wantsJson = process.argv.includes('--json');
  try {
    const program = await buildProgram(process.argv[2]);
    await program.parseAsync(process.argv);
  } catch (error) {
    process.exitCode = report(error, wantsJson);
  }
}

function report(thrown: unknown, wantsJson: boolean): number {
  if (isCommanderExit(thrown)) return misused(thrown, wantsJson);
  const error = PacelineError.is(thrown) ? thrown : (asFileFault(thrown) ?? thrown);
  const known = PacelineError.is(error);
  const message = stripControl(error instanceof Error ? error.message : String(error));
  if (wantsJson) {
    printError(
      known ? { code: error.code, message, data: error.data } : { code: 'INTERNAL', message },
    );
  }
  process.stderr.write(known ? `paceline: ${message}\n` : `paceline: internal error: ${message}\n`);
  if (!known && error instanceof Error && process.env['PACELINE_DEBUG'])
    process.stderr.write(`${error.stack}\n`);
  return known ? error.exitCode : EXIT.internal;
}

/** Commander has printed its sentence, or the help that was asked for. */
function misused({ exitCode, code, message }: CommanderExit, wantsJson: boolean): number {
  if (exitCode === 0) return EXIT.done;
  const sentence =
    code === 'commander.help'
      ? 'A verb is missing.'
      : stripControl(message.replace(/^error: /, ''));
  if (wantsJson) printError({ code: 'USAGE', message: sentence, data: {} });
  return EXIT.usage;
}

function printError(error: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${quietJson({ schema: 'paceline.error/1', error })}\n`);
}

type CommanderExit = Error & { readonly exitCode: number; readonly code: string };

function isCommanderExit(error: unknown): error is CommanderExit {
  return (
    typeof error === 'object' &&
    error !== null &&
    String((error as { code?: unknown }).code).startsWith('commander.')
  );
}

/** Nobody reads any more (`| head -1`): results end quietly, progress falls silent. */
function onClosedPipes(): void {
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.done);
    process.stderr.write(
      `paceline: the output cannot be written: ${stripControl(error.message)}\n`,
    );
    process.exit(EXIT.disk);
  });
}

/** Remarks of ours are a line like any other, and none where nobody wants lines. */
function onWarnings(): void {
  const isQuiet = process.argv.some((word) => word === '--quiet' || word === '--json');
  const [shown] = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'Paceline') shown?.(warning);
    else if (!isQuiet) process.stderr.write(`${stripControl(warning.message)}\n`);
  });
}

onClosedPipes();
onWarnings();
await main();
