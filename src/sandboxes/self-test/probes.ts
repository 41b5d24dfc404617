/** What a jail must hold, one probe each; whatever is not proved to be held counts as open. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JailLevel, Limits, RunEnd } from '../contract.ts';
import { ofSystem } from '../jail/toolchain.ts';
import { type Host, runningWith } from './host.ts';
import { uncountedMemory } from './uncounted.ts';

/** The last thing a probe said; undefined: nothing. */
export type Said = Readonly<Record<string, unknown>> | undefined;

export interface Tried {
  readonly end: RunEnd;
  readonly said: Said;
  readonly host: Host;
  /** In the words and file names of this probe alone. */
  readonly tag: string;
}

export interface Probe {
  readonly name: string;
  /** An act of hostile.mjs, or the words of a program. */
  readonly act: string | readonly string[];
  readonly limits?: Partial<Limits>;
  /** Levels that do not claim to hold it: their words say so. */
  readonly openAt?: readonly JailLevel[];
  /** Levels at which it cannot be tried: they run nothing but Node, or start nothing. */
  readonly notAt?: readonly JailLevel[];
  isContained(tried: Tried): boolean;
}

const MIB = 2 ** 20;
export const MEMORY_LIMIT = 192 * MIB;
export const DISK_LIMIT = 16 * MIB;
/** What a probe of memory stops at by itself, and one of the disk in each folder. */
export const MOST = 512 * MIB;
export const MOST_DISK = 48 * MIB;
/** Blocks are counted before they are full, and code is memory, too. */
const SLACK = 48 * MIB;
const SHORT = { wallMs: 400 };

const J1: readonly JailLevel[] = ['J1'];
const isError = (value: unknown): boolean => typeof value === 'string' && value.startsWith('E:');
const listIn = (said: Said, key: string): readonly unknown[] =>
  Array.isArray(said?.[key]) ? (said[key] as unknown[]) : [];
const numberIn = (said: Said, key: string): number =>
  typeof said?.[key] === 'number' ? said[key] : Number.NaN;

const nothingArrived = ({ said, host }: Tried): boolean => said !== undefined && host.hits() === 0;
const isEnded = ({ end, tag }: Tried): boolean =>
  ['timeout', 'over-cpu', 'over-memory', 'signal'].includes(end.ended) &&
  runningWith(tag).length === 0;
const isBounded = ({ said }: Tried): boolean => numberIn(said, 'bytes') <= MEMORY_LIMIT + SLACK;

/** Those that the act tries before the last, which may be its end. */
const PLACES = 5;

function isFull({ end, said }: Tried): boolean {
  const filled = listIn(said, 'got') as readonly { readonly bytes: number }[];
  return (
    filled.every(({ bytes }) => bytes <= DISK_LIMIT) &&
    (filled.length > 0 || end.ended === 'over-disk')
  );
}

/** What was written is taken away again. */
function nothingWritten({ said, host, tag }: Tried): boolean {
  const folders = [host.canary, host.shown, '/etc', '/usr', '/dev/shm'];
  const written = folders
    .map((folder) => join(folder, `written-${tag}`))
    .filter((path) => existsSync(path));
  for (const path of written) rmSync(path);
  return said !== undefined && written.length === 0;
}

export const PROBES: readonly Probe[] = [
  { name: 'network: TCP', act: 'tcp', openAt: J1, isContained: nothingArrived },
  { name: 'network: UDP', act: 'udp', openAt: J1, isContained: nothingArrived },
  { name: 'network: abstract socket', act: 'abstract', openAt: J1, isContained: nothingArrived },
  { name: 'network: socket file', act: 'file', openAt: J1, isContained: nothingArrived },
  {
    name: 'reading the host',
    act: 'read',
    notAt: J1,
    isContained: ({ said }) => listIn(said, 'got').length > 0 && listIn(said, 'got').every(isError),
  },
  {
    name: 'reading the host by name',
    act: 'readByPath',
    isContained: ({ said }) => listIn(said, 'got').length > 0 && listIn(said, 'got').every(isError),
  },
  { name: 'writing to the host', act: 'write', isContained: nothingWritten },
  {
    name: 'secrets in environments',
    act: 'environment',
    isContained: ({ said }) =>
      said?.['own'] === false &&
      (isError(said['others']) || listIn(said, 'others').length === 0) &&
      'others' in said,
  },
  { name: 'fork x400', act: 'fork', isContained: ({ said }) => numberIn(said, 'started') === 0 },
  {
    name: 'fork x400 where some are allowed',
    act: 'fork',
    limits: { processes: 2 },
    notAt: J1,
    // On a busy machine the watch on memory may see them before it counts them.
    isContained: ({ said, end }) =>
      end.ended === 'over-memory' ||
      (numberIn(said, 'started') < 100 && numberIn(said, 'refused') > 0),
  },
  {
    name: 'orphans',
    act: 'orphan',
    limits: { processes: 4 },
    notAt: J1,
    isContained: ({ said, tag }) => numberIn(said, 'pid') > 0 && runningWith(tag).length === 0,
  },
  {
    name: 'signals to the engine',
    act: 'signal',
    openAt: J1,
    isContained: ({ said }) => listIn(said, 'got').every(isError) && said !== undefined,
  },
  { name: 'memory: Buffers', act: 'buffers', isContained: isBounded },
  { name: 'memory: WebAssembly', act: 'wasm', isContained: isBounded },
  ...Object.entries(uncountedMemory(MOST)).map(([what, act]) => ({
    name: `memory: ${what}`,
    act,
    notAt: J1,
    isContained: (tried: Tried) => tried.end.ended === 'over-memory' || isBounded(tried),
  })),
  { name: 'endless loop', act: 'loop', limits: SHORT, isContained: isEnded },
  { name: 'BigInt bomb', act: 'bigint', limits: SHORT, isContained: isEnded },
  {
    name: 'filling the disk',
    act: 'disk',
    isContained: (tried) => listIn(tried.said, 'got').length >= PLACES && isFull(tried),
  },
  { name: 'filling its folder', act: 'folder', isContained: isFull },
  {
    name: 'filling deleted files',
    act: 'deleted',
    openAt: J1,
    isContained: ({ said }) => numberIn(said, 'bytes') <= DISK_LIMIT,
  },
  {
    name: 'descriptors',
    act: 'descriptors',
    isContained: ({ said }) => numberIn(said, 'opened') < 5000,
  },
  {
    name: 'flood of results',
    act: 'flood',
    isContained: ({ end }) => end.ended === 'overflow' && end.answer.length <= 2 * MIB,
  },
  {
    name: 'nested namespaces',
    act: [ofSystem('unshare'), '--user', '--map-root-user', 'echo', 'inside'],
    notAt: J1,
    isContained: ({ end }) => end.ended === 'exit' && end.exitCode !== 0,
  },
  {
    name: 'ptrace',
    // PTRACE_TRACEME harms nobody and is refused only by a filter.
    act: [
      ofSystem('perl'),
      '-e',
      `exit(syscall(${process.arch === 'x64' ? 101 : 117}, 0, 0, 0, 0) == 0 ? 0 : 9)`,
    ],
    notAt: J1,
    isContained: ({ end }) => end.ended === 'exit' && end.exitCode === 9,
  },
  {
    name: 'typing into a terminal',
    // TIOCSTI: where nothing stands in the way, a device that is no terminal says so (ENOTTY, 25).
    act: [ofSystem('perl'), '-e', 'my $b = "x"; ioctl(STDIN, 0x5412, $b); exit($! == 1 ? 9 : 0)'],
    notAt: J1,
    isContained: ({ end }) => end.ended === 'exit' && end.exitCode === 9,
  },
];
