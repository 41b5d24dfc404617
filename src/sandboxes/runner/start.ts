/** Starts what confines a program, hands it its inputs and listens to what it tells of its own. */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import type { Group } from '../jail/cgroup.ts';
import { type Confined, FIRST_INPUT } from './confined.ts';
import { kill } from './strays.mjs';
import type { Begun } from './watch.ts';

export interface Started {
  readonly child: ChildProcess;
  /** Whether the program itself was begun, once what confines it has ended. */
  hasBegun(): boolean;
  /** The first process of its jail, where that is told and made. */
  first(): number | undefined;
}

/** @param mark Put into its environment, where whoever looks for strays finds it. */
export function start(
  { cwd, answersOn, talk, input }: Begun,
  confined: Confined,
  mark: string,
): Started {
  const { argv, inputs = [], group, tellsStatus = false, user } = confined;
  const [file = '', ...args] = argv;
  const told = Array<'pipe'>(Number(tellsStatus) + Number(group !== undefined)).fill('pipe');
  const answers = answersOn === 3 ? 'pipe' : 'ignore';
  const env = { ...confined.environment, PACELINE_RUN: mark };
  const ids = user === undefined ? {} : { uid: user, gid: user };
  const child = withOpened(inputs, (given) => {
    const asked = talk || input ? 'pipe' : 'ignore';
    const stdio = covered([asked, 'pipe', 'pipe', answers, ...given, ...told]);
    const options = { cwd: confined.cwd ?? cwd, env, stdio, ...ids };
    return spawn(file, args, { ...options, detached: true, shell: false });
  });
  if (input) feed(child.stdin, input);
  for (const [i, given] of inputs.entries()) {
    if (typeof given !== 'string') feed(child.stdio[FIRST_INPUT + i], given);
  }
  if (!tellsStatus) return { child, hasBegun: () => true, first: () => undefined };
  return { child, ...followed(child, FIRST_INPUT + inputs.length, group) };
}

/**
 * Lines of JSON: the process that was made, which waits until it is in its group, and how the program
 * in it ended, which is not said where it could not be begun.
 */
function followed(
  child: ChildProcess,
  at: number,
  group: Group | undefined,
): Omit<Started, 'child'> {
  let text = '';
  let first: number | undefined;
  listen(child.stdio[at], (chunk) => {
    text += chunk.toString();
    const pid = /"child-pid":\s*(\d+)\D/.exec(text)?.[1];
    if (first !== undefined || pid === undefined) return;
    first = Number(pid);
    if (group === undefined) return;
    try {
      group.add(first);
      feed(child.stdio[at + 1], Buffer.from('1'));
    } catch {
      if (child.pid !== undefined) kill(-child.pid);
    }
  });
  return { hasBegun: () => text.includes('"exit-code"'), first: () => first };
}

/** Files stand open, by their number, until the child has them. */
function withOpened<T>(
  inputs: readonly (Uint8Array | string)[],
  use: (given: readonly ('pipe' | number)[]) => T,
): T {
  const opened: number[] = [];
  const open = (path: string): number => {
    const fd = openSync(path, 'r');
    opened.push(fd);
    return fd;
  };
  try {
    return use(inputs.map((input) => (typeof input === 'string' ? open(input) : 'pipe')));
  } finally {
    opened.forEach(closeSync);
  }
}

/** It may end before it has read all of it. */
function feed(stream: unknown, bytes: Uint8Array): void {
  const writable = stream as Writable | null | undefined;
  writable?.on('error', () => undefined);
  writable?.end(bytes);
}

export function listen(stream: unknown, onData: (chunk: Buffer) => void): void {
  const readable = stream as Readable | null | undefined;
  readable?.on('data', onData);
  readable?.on('error', () => undefined);
}

const CLOSE_ON_EXEC = 0o2000000;
let nothing: number | undefined;
let strays: readonly number[] | undefined;

/**
 * What our own parent left open must not reach a program: Node marks only the lowest descriptors as not
 * inherited. Such a one becomes /dev/null in the child.
 */
function covered(stdio: readonly (string | number)[]): StdioOptions {
  strays ??= readdirSync('/proc/self/fd').map(Number).filter(isInherited);
  const covering: (string | number)[] = [...stdio];
  for (const fd of strays.filter((stray) => stray >= stdio.length)) {
    while (covering.length < fd) covering.push('ignore');
    nothing ??= openSync('/dev/null', 'r');
    covering[fd] = nothing;
  }
  return covering as StdioOptions;
}

function isInherited(fd: number): boolean {
  try {
    const facts = readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8');
    const flags = Number.parseInt(/^flags:\s+([0-7]+)/m.exec(facts)?.[1] ?? '0', 8);
    return fd > 2 && (flags & CLOSE_ON_EXEC) === 0;
  } catch {
    return false; // The one that listed them.
  }
}
