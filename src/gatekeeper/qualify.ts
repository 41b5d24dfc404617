/**
 * Shows every known case to every check that applies to its task, off the hot path, by the same examination
 * that real candidates go through; only that nothing ends it early.
 */
import type { CheckName } from '../core/checks.ts';
import type { Clock } from '../core/clock.ts';
import { contentId, type Hash, sha256 } from '../core/hash.ts';
import { allOrNone } from './all-or-none.ts';
import type { EvidenceStore } from './contract.ts';
import { examine } from './examine.ts';
import {
  type KnownBench,
  type KnownCase,
  type KnownTask,
  knownIntake,
  seenThrough,
} from './known.ts';
import type { TrialTable, TriedCase } from './qualification.ts';
import { inTime } from './ration.ts';

export interface QualifyRequest {
  readonly tasks: readonly KnownTask[];
  readonly gates: Hash;
  readonly clock: Clock;
  /** What was tried before with these very checks and cases: no check looks twice. */
  readonly known?: (task: string, name: string) => TriedCase | undefined;
  /** Those to try, by name; absent: all that apply. */
  readonly checks?: readonly CheckName[];
  /** Most tasks at a time, from 1. Default 1. */
  readonly workers?: number;
  /** Told of each case once it is tried. */
  readonly onTried?: (tried: TriedCase, done: number, of: number) => void;
}

/** Of what nobody will ask about again the hash alone is kept. */
const HASHED: EvidenceStore = {
  put: (evidence) => contentId(evidence),
  get: () => null,
};

/**
 * Several tasks at a time, the largest first, since the last one runs alone at the end; those whose metric is a time
 * after all others, one by one. Rows stand in the order of the tasks and their cases, whatever was tried first.
 */
export async function qualify(request: QualifyRequest, signal: AbortSignal): Promise<TrialTable> {
  const { tasks, gates, onTried, workers = 1 } = request;
  const of = tasks.reduce((sum, { cases }) => sum + cases.length, 0);
  const rows = new Map<KnownTask, readonly TriedCase[]>();
  let done = 0;
  const told = (row: TriedCase): void => {
    done += 1;
    onTried?.(row, done, of);
  };
  const tried = async (task: KnownTask, until: AbortSignal): Promise<void> => {
    rows.set(task, await tryTask({ ...request, onTried: told }, task, until));
  };
  const beside = tasks
    .filter(({ isTimed }) => !isTimed)
    .toSorted((a, b) => b.cases.length - a.cases.length);
  await allOrNone(beside, tried, { atOnce: workers, signal });
  for (const task of tasks.filter(({ isTimed }) => isTimed)) await tried(task, signal);
  const all = tasks.flatMap((task) => rows.get(task) ?? []);
  return { version: 1, gates, isWhole: request.checks === undefined, tried: all };
}

async function tryTask(
  request: QualifyRequest,
  task: KnownTask,
  signal: AbortSignal,
): Promise<readonly TriedCase[]> {
  signal.throwIfAborted();
  const bench = await task.open();
  const tried: TriedCase[] = [];
  try {
    for (const one of task.cases) {
      signal.throwIfAborted();
      const before = request.known?.(task.name, one.name)?.said ?? {};
      const row = await tryCase({ ...request, task, one, bench, before }, signal);
      tried.push(row);
      request.onTried?.(row, tried.length, task.cases.length);
    }
  } finally {
    await bench.close();
  }
  return tried;
}

interface Trying extends Pick<QualifyRequest, 'gates' | 'clock' | 'checks'> {
  readonly before: TriedCase['said'];
  readonly task: KnownTask;
  readonly one: KnownCase;
  readonly bench: KnownBench;
}

async function tryCase(trying: Trying, signal: AbortSignal): Promise<TriedCase> {
  const { task, one, bench, gates, clock, before, checks: wanted } = trying;
  const left = bench.floor
    .filter(
      ({ name }) =>
        before[name] === undefined &&
        (wanted?.includes(name) ?? true) &&
        (one.only?.includes(name) ?? true),
    )
    .map((check) => inTime(check));
  const metered = async () => seenThrough(bench, one);
  const parts = { clock, evidence: HASHED };
  const ticket = sha256([gates, task.name, one.name].join(' ')).slice(-16);
  const intake = knownIntake(task, one, ticket);
  const { findings } = await examine(
    parts,
    { intake, metered, checks: () => left, isWhole: true },
    signal,
  );
  const said = findings.map(({ check, verdict, needsPerson }) => {
    const isHeld = verdict === 'pass' && needsPerson !== undefined;
    return [check, isHeld ? ('held' as const) : verdict] as const;
  });
  const { name, set, form } = task;
  const { is, class: cheat } = one;
  return {
    task: name,
    set,
    form,
    case: one.name,
    is,
    class: cheat,
    said: { ...before, ...Object.fromEntries(said) },
    ...(one.only ? { isSpare: true as const } : {}),
  };
}
