/**
 * Runs a candidate where canaries lie and where an attempt at what is denied is its end: what check C1 looks
 * through. Each look has an evaluator of its own, and all it started has ended when it is judged; the sandbox, whose
 * guard is a process too, is the same for all.
 */
import { join } from 'node:path';
import type { Evaluator, MeasureRequest } from '../../evaluators/contract.ts';
import {
  FORBIDDEN,
  type Forbidden,
  type JailProbe,
  type JailReport,
  type LookRequest,
  type Sandbox,
} from '../contract.ts';
import { type Canaries, layCanaries } from './canaries.ts';
import { type Opened, watchOpened } from './opened.ts';
import { watchedSandbox } from './watched.ts';

export interface JailProbeOptions {
  /** A sandbox of J2 or better, which the probe closes. */
  readonly open: () => Sandbox;
  /** The task's evaluator in that sandbox. */
  readonly evaluatorIn: (sandbox: Sandbox) => Evaluator;
  /** For the files of the canaries: where no candidate and no indexer of the machine looks. */
  readonly folder: string;
  /**
   * The evaluator may start processes, and what one of those is ended for can go unseen: this ought to get a score, and
   * shows what programs that it starts are ended for (the Java machine reaches for the network). Default: it starts none.
   */
  readonly startsProcesses?: MeasureRequest;
}

export interface OpenJailProbe extends JailProbe {
  /** CPU time of measurements while it was opened, ms. */
  readonly openedCpuMs: number;
  close(): Promise<void>;
}

/** Tries on this machine whether an opened canary is seen; where it is not, `blind` says so. */
export async function jailProbe(options: JailProbeOptions): Promise<OpenJailProbe> {
  const own = options.open();
  try {
    return await opened(options, own);
  } catch (error) {
    await own.close();
    throw error;
  }
}

async function opened(options: JailProbeOptions, own: Sandbox): Promise<OpenJailProbe> {
  const { startsProcesses, folder, evaluatorIn } = options;
  const canaries = layCanaries(join(folder, 'canaries'));
  const files = canaries.all.flatMap(({ file }) => file ?? []);
  const watch = await watchOpened(files, canaries.sentinel);
  const cause = typeof watch === 'string' ? watch : await untold({ own, folder }, canaries, watch);
  const openings = cause === undefined && typeof watch !== 'string' ? watch : undefined;
  if (typeof watch !== 'string' && openings === undefined) watch.close();
  let turn: Promise<unknown> = Promise.resolve();
  const parts = { own, evaluatorIn, canaries, opened: openings };
  const { ended, cpuMs } = await endedUnseen(parts, startsProcesses);
  return {
    openedCpuMs: cpuMs,
    blind: [
      ...(cause === undefined ? [] : [`whether a canary is opened: ${cause}`]),
      ...(startsProcesses ? ['what is tried by processes that the evaluator may start'] : []),
      ...ended.map((kind) => `attempts at ${kind}: programs of the origin make them too`),
    ],
    tells: (startsProcesses ? TOLD_OF_OTHERS : FORBIDDEN).filter((kind) => !ended.includes(kind)),
    look(request, signal) {
      const mine = turn.then(() => look(parts, request, signal));
      turn = mine.catch(() => undefined);
      return mine;
    },
    async close() {
      openings?.close();
      await own.close();
    },
  };
}

interface Parts extends Pick<JailProbeOptions, 'evaluatorIn'> {
  readonly own: Sandbox;
  readonly canaries: Canaries;
  readonly opened: Opened | undefined;
}

async function look(
  { own, evaluatorIn, canaries, opened }: Parts,
  { candidate, cases, forbids }: LookRequest,
  signal: AbortSignal,
): Promise<JailReport> {
  await opened?.read();
  const { sandbox, seen, end } = watchedSandbox({ sandbox: own, canaries, forbids });
  let scored = 0;
  let cpuMs = 0;
  try {
    const evaluator = evaluatorIn(sandbox);
    try {
      const [measured] = await evaluator.measure([{ candidate, cases }], signal);
      scored = measured?.cases.filter(({ outcome }) => outcome === 'scored').length ?? 0;
      cpuMs = measured?.cpuMs ?? 0;
    } catch (error) {
      // The task's own part may have been what was ended.
      if (!seen().isKilled) throw error;
    } finally {
      await evaluator.close();
    }
  } finally {
    await end();
  }
  const files = canaries.all.filter(({ file }) => file !== undefined);
  const read = opened && (await opened.read());
  const touched = [...(read ?? []).flatMap((i) => files[i] ?? []), ...seen().told];
  return {
    scored,
    touched: [...new Set(touched.map(({ name }) => name))],
    isKilled: seen().isKilled,
    isWatched: read !== undefined,
    cpuMs,
  };
}

/** A process is no attempt where the evaluator starts some itself. */
const TOLD_OF_OTHERS = FORBIDDEN.filter((kind) => kind !== 'processes');

/** Kinds for whose sake alone an honest measurement gets no score, though no end of a run was seen. */
async function endedUnseen(
  parts: Parts,
  honest: MeasureRequest | undefined,
): Promise<{ readonly ended: readonly Forbidden[]; readonly cpuMs: number }> {
  if (honest === undefined) return { ended: [], cpuMs: 0 };
  const { signal } = new AbortController();
  let cpuMs = 0;
  const isLost = async (forbids: readonly Forbidden[]): Promise<boolean> => {
    try {
      const report = await look(parts, { ...honest, forbids }, signal);
      cpuMs += report.cpuMs;
      return report.scored === 0 && !report.isKilled;
    } catch {
      return true; // An evaluator whose own programs were ended.
    }
  };
  const ended: Forbidden[] = [];
  if ((await isLost(TOLD_OF_OTHERS)) && !(await isLost([])))
    for (const kind of TOLD_OF_OTHERS) if (await isLost([kind])) ended.push(kind);
  return { ended, cpuMs };
}

const WALL_MS = 10_000;
const ANSWER_BYTES = 1024;

/** Why an opened canary would not be seen; undefined where one just was, and no other. */
async function untold(
  { own, folder }: Pick<Parts, 'own'> & Pick<JailProbeOptions, 'folder'>,
  canaries: Canaries,
  watch: Opened,
): Promise<string | undefined> {
  const cwd = join(folder, 'canaries');
  const bare = { cwd, environment: {}, reads: [], writes: [], hides: [] };
  const [first] = canaries.shows(bare);
  const end = await own.run(
    {
      ...bare,
      argv: ['sh', '-c', 'read -r line < "$1"; echo "$line"', 'sh', first?.path ?? ''],
      shows: canaries.shows(bare),
      answersOn: 1,
      limits: { wallMs: WALL_MS, outputBytes: ANSWER_BYTES },
    },
    new AbortController().signal,
  );
  if (end.exitCode !== 0) return `a jail shows none (${end.says})`;
  const read = await watch.read();
  return read?.join() === '0' ? undefined : 'one that was opened in a jail was not seen';
}
