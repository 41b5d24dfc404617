/**
 * Which of some files were opened, by anybody. The times of access do not tell: a read-only mount of a jail
 * never moves them (measured, ext4 with relatime through bubblewrap).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Arch, numberOf } from '../jail/syscalls.ts';
import { locate } from '../jail/toolchain.ts';

const SCRIPT = readFileSync(fileURLToPath(new URL('./watch.pl', import.meta.url)), 'utf8');

/** To start, and to say what was opened last. */
const ANSWERS_WITHIN_MS = 5000;

export interface Opened {
  /** Places in the list of files opened since the last call; `undefined` where the watch is dead. */
  read(): Promise<readonly number[] | undefined>;
  close(): void;
}

/**
 * @param sentinel A file that nobody else opens: its own event says that all before it have arrived.
 * @returns A sentence on why there is no such watch here, or the watch.
 */
export async function watchOpened(
  files: readonly string[],
  sentinel: string,
): Promise<Opened | string> {
  const numbers = ['inotify_init1', 'inotify_add_watch'].map((name) =>
    String(numberOf(name, process.arch as Arch)),
  );
  const child = spawn(locate('perl', '/'), ['-e', SCRIPT, ...numbers, ...files, sentinel], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
  });
  child.stdin?.on('error', () => undefined);
  const said: string[] = [];
  const lines = listening(child, said);
  if (!(await lines.until('ready'))) {
    child.kill('SIGKILL');
    return `perl cannot watch files here (${said.join(' ').trim() || 'it is not there'})`;
  }
  lines.taken();
  const last = String(files.length);
  return {
    async read() {
      closeSync(openSync(sentinel, 'r'));
      if (!(await lines.until(last))) return undefined;
      const seen = lines.taken();
      if (seen.includes('lost')) return undefined;
      return [...new Set(seen.filter((line) => line !== last).map(Number))];
    },
    close: () => child.kill('SIGKILL'),
  };
}

interface Lines {
  /** Whether the line came in time; others before it are kept. */
  until(line: string): Promise<boolean>;
  /** What came so far. */
  taken(): readonly string[];
}

function listening(child: ChildProcess, said: string[]): Lines {
  const seen: string[] = [];
  let isOver = false;
  let wake: () => void = () => undefined;
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      seen.push(line);
      wake();
    });
  }
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const end = (): void => {
    isOver = true;
    wake();
  };
  child.on('error', end);
  void once(child, 'close').then(end, end);
  return {
    async until(line) {
      const limit = AbortSignal.timeout(ANSWERS_WITHIN_MS);
      while (!seen.includes(line) && !isOver && !limit.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          limit.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      return seen.includes(line);
    },
    taken: () => seen.splice(0),
  };
}
