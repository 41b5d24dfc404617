/** Opens files in the editor of whoever sits there. No shell reads its name: it is split into arguments. */
import { spawn } from 'node:child_process';
import { parseArgsStringToArgv } from 'string-argv';
import { whyNotStarted } from '../app/named-program.ts';
import { PacelineError } from '../core/errors.ts';

/** @throws PacelineError `USAGE` where none is named, or the one that is cannot be started. */
export function editorOf(named: string | undefined): readonly string[] {
  const { VISUAL, EDITOR } = process.env;
  const command = [named, VISUAL, EDITOR].find((one) => one?.trim());
  const words = parseArgsStringToArgv(command ?? '');
  const [program] = words;
  if (program === undefined) {
    throw new PacelineError(
      'USAGE',
      'Neither VISUAL nor EDITOR is set. Name an editor with --editor, or files that you have edited with --file.',
    );
  }
  const fault = whyNotStarted(program);
  if (fault === undefined) return words;
  throw new PacelineError('USAGE', `${fault}. Name another editor with --editor.`, { program });
}

/** Waits until it is closed. @throws PacelineError `USAGE` unless it ends well. */
export async function edit(editor: readonly string[], paths: readonly string[]): Promise<void> {
  const [program = '', ...args] = editor;
  const child = spawn(program, [...args, ...paths], { stdio: 'inherit' });
  // Ctrl-C belongs to the editor.
  const stay = (): void => undefined;
  process.on('SIGINT', stay);
  try {
    const ended = await new Promise<string | undefined>((resolve) => {
      child.on('error', ({ message }) => resolve(`could not be run: ${message}`));
      child.on('close', (code, signal) =>
        resolve(code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`),
      );
    });
    if (ended === undefined) return;
    throw new PacelineError('USAGE', `${program} ${ended}, so nothing is proposed.`, { program });
  } finally {
    process.removeListener('SIGINT', stay);
  }
}
