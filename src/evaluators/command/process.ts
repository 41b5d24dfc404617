/**
 * One child process from start to end: arguments as an array (never a shell), an environment of
 * named variables only, a process group of its own that is killed as a whole.
 */

import type { ChildProcess, StdioOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { childCpuMs } from './child-cpu.ts';

export interface ProcessOptions {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** All it gets besides PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** The descriptor it answers on: 1 for standard output, 3 for a channel of its own. */
  readonly answersOn: 1 | 3;
  readonly timeoutMs: number;
  /** Cap on the answer (included); beyond it the process is killed. */
  readonly maxAnswerBytes: number;
}

export interface ProcessEnd {
  /** Why it ended. `refused`: it could not be started, see `error`. */
  readonly ended: 'exit' | 'signal' | 'timeout' | 'aborted' | 'overflow' | 'refused';
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly error?: NodeJS.ErrnoException;
  readonly answer: string;
  /** The last 8 KiB of what it printed besides the answer: evidence for messages, nothing else. */
  readonly evidence: string;
  readonly cpuMs: number;
}

const EVIDENCE_BYTES = 8192;

/** How long pipes held open by a process that left the group are waited for after the kill. */
const PIPE_GRACE_MS = 500;

/** Never rejects for what the process does: its end, whatever it is, is the result. */
export async function runProcess(
  options: ProcessOptions,
  signal: AbortSignal,
): Promise<ProcessEnd> {
  if (signal.aborted) return refused('aborted');
  const cpuBefore = childCpuMs();
  let child: ChildProcess;
  try {
    child = start(options);
  } catch (error) {
    return refused('refused', error);
  }
  const answer = new Gathered(options.maxAnswerBytes);
  const evidence = new Gathered(EVIDENCE_BYTES);
  let cause: 'timeout' | 'aborted' | 'overflow' | undefined;
  const stop = (why: NonNullable<typeof cause>): void => {
    cause ??= why;
    killGroup(child);
  };
  const onAbort = (): void => stop('aborted');
  const timer = setTimeout(() => stop('timeout'), options.timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  listen(child.stdio[options.answersOn], (chunk) => answer.addOr(chunk, () => stop('overflow')));
  if (options.answersOn !== 1) listen(child.stdio[1], (chunk) => evidence.keepLast(chunk));
  listen(child.stdio[2], (chunk) => evidence.keepLast(chunk));
  const { exitCode, signal: killedBy, error } = await ending(child);
  clearTimeout(timer);
  signal.removeEventListener('abort', onAbort);
  if (error !== undefined) return refused('refused', error);
  return {
    ended: cause ?? (killedBy === null ? 'exit' : 'signal'),
    exitCode,
    signal: killedBy,
    answer: answer.text(),
    evidence: evidence.text(),
    cpuMs: childCpuMs() - cpuBefore,
  };
}

function start(options: ProcessOptions): ChildProcess {
  const [file = '', ...args] = options.argv;
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
  if (options.answersOn === 3) stdio.push('pipe');
  const env = { PATH: process.env.PATH ?? '', ...options.env };
  return spawn(file, args, { cwd: options.cwd, env, stdio, detached: true, shell: false });
}

interface Ending {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error?: NodeJS.ErrnoException;
}

/** Its exit, after which nothing of its group is left and its pipes are read to their end. */
async function ending(child: ChildProcess): Promise<Ending> {
  const closed = once(child, 'close').catch(() => undefined);
  const end = await new Promise<Ending>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
    child.once('error', (error) => resolve({ exitCode: null, signal: null, error }));
  });
  if (end.error !== undefined) return end;
  killGroup(child);
  const grace = setTimeout(() => {
    for (const stream of child.stdio) stream?.destroy();
  }, PIPE_GRACE_MS);
  await closed;
  clearTimeout(grace);
  return end;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is empty: nothing was left to kill.
  }
}

function listen(stream: unknown, onData: (chunk: Buffer) => void): void {
  const readable = stream as Readable | null | undefined;
  readable?.on('data', onData);
  readable?.on('error', () => undefined);
}

function refused(ended: 'refused' | 'aborted', error?: unknown): ProcessEnd {
  const base = { ended, exitCode: null, signal: null, answer: '', evidence: '', cpuMs: 0 };
  return error === undefined ? base : { ...base, error: error as NodeJS.ErrnoException };
}

/** Bytes of a stream, bounded. */
class Gathered {
  private chunks: Buffer[] = [];
  private bytes = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  addOr(chunk: Buffer, overflow: () => void): void {
    this.bytes += chunk.length;
    if (this.bytes > this.limit) overflow();
    else this.chunks.push(chunk);
  }

  keepLast(chunk: Buffer): void {
    const joined = Buffer.concat([...this.chunks, chunk]);
    this.chunks = [joined.subarray(Math.max(0, joined.length - this.limit))];
  }

  text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}
