/**
 * Starts runs, watches them and ends them; a driver says how each is confined. A group of its own for
 * each run, killed as a whole, a leash against orphans, and a watch on what all its processes use.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PacelineError } from '../../core/errors.ts';
import {
  LIMIT_NAMES,
  type Limits,
  type Run,
  type RunEnd,
  type Sandbox,
  type SandboxTraits,
} from '../contract.ts';
import { bounded } from './channel.ts';
import { childCpuMs } from './child-cpu.ts';
import type { Confined, Confinement } from './confined.ts';
import { type Exit, endOf, refused, type Stopped } from './end.ts';
import { Gathered } from './gathered.ts';
import { Leash } from './leash.ts';
import { coreEnforcement, oneCore } from './one-core.ts';
import { startFault } from './program.ts';
import { listen, type Started, start } from './start.ts';
import { type Still, stillness } from './still.ts';
import { kill, killJail, killStrays } from './strays.mjs';
import { type Line, Talking } from './talking.ts';
import { type Begun, type Watch, watch } from './watch.ts';

const GUARD = fileURLToPath(new URL('./leash.mjs', import.meta.url));

const EVIDENCE_BYTES = 8192;

/** The code where the jail could not be made; `evidence` says why. */
const NO_JAIL = 'EJAIL';

/** How long pipes held open by a process that left the group are waited for after the kill. */
const PIPE_GRACE_MS = 500;

/** What holds one set of runs together; marks of runs are numbered below the prefix. */
interface Kennel {
  readonly confinement: Confinement;
  /** Before what is held to one core; none where that cannot be had. */
  readonly pin: readonly string[];
  readonly leash: Leash;
  readonly prefix: string;
  started: number;
}

/** @param scope Names the owner, for example a study's work folder: nobody else may use it at the same time. */
export function runner(scope: string, confinement: Confinement): Sandbox {
  const prefix = prefixOf(scope);
  const core = oneCore();
  const traits = { ...confinement.traits, oneCore: coreEnforcement(core) };
  const pin = 'words' in core ? core.words : [];
  const leash = new Leash({ guard: GUARD, prefix });
  const kennel: Kennel = { confinement, pin, leash, prefix, started: 0 };
  const check = (limits: Limits): void => refuseUnenforced(traits, limits);
  const refuseNetwork = ({ ownNetwork = false }: Begun): void => {
    if (!ownNetwork || 'how' in traits.ownNetwork) return;
    throw noNetwork(traits.ownNetwork.unenforced);
  };
  const refuseKills = ({ killsOn, ownNetwork = false }: Begun): void => {
    if (killsOn && !traits.killsOn) throw noKills('only a jail (J2 and better) does');
    if (killsOn?.includes('network') && ownNetwork) throw noKills('this run has a network');
  };
  const refuseHostname = ({ hostname }: Begun): void => {
    if (hostname !== undefined && !traits.setsHostname) throw noHostname(traits.level);
  };
  const running = new Set<Promise<unknown>>();
  const closing = new AbortController();
  const begin = async (run: Begun, signal: AbortSignal): Promise<RunEnd> => {
    check(run.limits);
    refuseNetwork(run);
    refuseKills(run);
    refuseHostname(run);
    const work = runProcess(kennel, run, AbortSignal.any([signal, closing.signal]));
    running.add(work);
    return work.finally(() => running.delete(work));
  };
  return {
    traits,
    check,
    run: begin,
    converse(run, signal) {
      return new Talking((talk, until) => begin({ ...run, talk }, until), signal);
    },
    attach: (run, use, signal) => begin({ ...run, answersOn: 3, use }, signal),
    async close() {
      closing.abort(new Error('The sandbox was closed.'));
      await Promise.allSettled(running);
      await kennel.leash.close();
    },
  };
}

/** Ends what the runs of a scope left behind when their engine was killed together with its leash. */
export function endStrays(scope: string): void {
  killStrays(prefixOf(scope));
}

function prefixOf(scope: string): string {
  return `${resolve(scope)}/`;
}

function refuseUnenforced({ enforces }: SandboxTraits, limits: Limits): void {
  for (const limit of Object.keys(enforces) as (keyof Limits)[]) {
    const enforcement = enforces[limit];
    if (limits[limit] === undefined || 'how' in enforcement) continue;
    throw new PacelineError(
      'CONFIG_INVALID',
      `The limit ${LIMIT_NAMES[limit]} cannot be enforced here: ${enforcement.unenforced}. Leave it out, or make it enforceable (paceline doctor says how each limit stands).`,
      { limit: LIMIT_NAMES[limit], why: enforcement.unenforced },
    );
  }
}

function noNetwork(why: string): PacelineError {
  return new PacelineError(
    'ISOLATION',
    `No network of its own can be had for a run here: ${why}. paceline doctor says what this machine lacks for J3.`,
    { why },
  );
}

function noKills(why: string): PacelineError {
  return new PacelineError(
    'ISOLATION',
    `No run can be ended here for what it tries: ${why}. Leave killsOn out, or see with paceline doctor what this machine lacks for a jail.`,
    { why },
  );
}

function noHostname(level: string): PacelineError {
  return new PacelineError(
    'ISOLATION',
    `At jail level ${level} a run cannot be told another name of its machine. Install bubblewrap (apt install bubblewrap); paceline doctor says why no better level was reached.`,
    { level },
  );
}

interface Running {
  readonly started: Started;
  readonly confined: Confined;
}

/** How it ended, where it never ran. */
async function startIn(
  kennel: Kennel,
  { run, signal }: { readonly run: Begun; readonly signal: AbortSignal },
  mark: string,
): Promise<Running | RunEnd> {
  if (signal.aborted) return refused('aborted');
  const fault = startFault(run.argv[0] ?? '', run.cwd);
  if (fault !== undefined) return refused('refused', fault);
  let confined: Confined | undefined;
  try {
    await kennel.leash.hold();
    // A leash takes a moment to start.
    if (signal.aborted) return refused('aborted');
    confined = kennel.confinement.confine(run);
    const started = start(run, run.oneCore ? pinned(confined, kennel) : confined, mark);
    return { started, confined };
  } catch (error) {
    await confined?.group?.remove();
    if (PacelineError.is(error)) throw error;
    return refused('refused', (error as NodeJS.ErrnoException).code ?? 'UNKNOWN');
  }
}

async function runProcess(kennel: Kennel, run: Begun, signal: AbortSignal): Promise<RunEnd> {
  const mark = `${kennel.prefix}${kennel.started++}`;
  const cpuBefore = childCpuMs();
  const begun = await startIn(kennel, { run, signal }, mark);
  if ('ended' in begun) return begun;
  const { started, confined } = begun;
  const { child, hasBegun } = started;
  const answer = new Gathered(run.limits.outputBytes);
  if (child.pid !== undefined) kennel.leash.add(child.pid);
  let stopped: Stopped | undefined;
  const stop = (why: Stopped): void => {
    stopped ??= why;
    killGroup(child);
  };
  const { group, isIndirect = false, limits = run.limits, ownDisks } = confined;
  const held = { ...started, signal, stop, group, isIndirect, ownDisks };
  const watched = watch({ ...run, limits }, held);
  const overflow = (): void => stop('overflow');
  const heard = (chunk: Buffer): void => {
    if (!answer.took(chunk)) overflow();
    else if (stopped === undefined) run.talk?.hear(chunk);
  };
  take(run, child, { heard, overflow });
  const evidence = evidenceOf(child, run.answersOn);
  const still = stillOf(kennel, { pid: child.pid, isIndirect, limits });
  run.talk?.begin(lineTo(child, { ...watched, ...still }, answer));
  const exit = await ending(started, mark, isIndirect);
  const seenMs = watched.release();
  if (child.pid !== undefined) kennel.leash.release(child.pid);
  if (group?.ranOutOfMemory()) stopped ??= 'over-memory';
  const cpuMs = isIndirect ? (group?.cpuMs() ?? seenMs) : childCpuMs() - cpuBefore;
  await group?.remove();
  if (exit.code !== undefined) return refused('refused', exit.code);
  const said = { answer: answer.text(), evidence: evidence.text() };
  if (!hasBegun() && stopped === undefined) {
    return { ...refused('refused', NO_JAIL), evidence: said.evidence };
  }
  return { ...endOf(isIndirect ? signalled(exit) : exit, stopped, limits), ...said, cpuMs };
}

interface Taker {
  readonly heard: (chunk: Buffer) => void;
  readonly overflow: () => void;
}

/** Its answer, to whoever wants it: whole, in frames, or as a channel. */
function take(run: Begun, { stdio }: ChildProcess, { heard, overflow }: Taker): void {
  const channel = stdio[run.answersOn];
  if (run.use) run.use(bounded(channel as Socket, run.limits.outputBytes, overflow));
  else listen(channel, heard);
}

function pinned(confined: Confined, { pin }: Kennel): Confined {
  return { ...confined, argv: [...pin, ...confined.argv] };
}

/** What it prints besides its answer. */
function evidenceOf({ stdio }: ChildProcess, answersOn: Run['answersOn']): Gathered {
  const evidence = new Gathered(EVIDENCE_BYTES);
  for (const stream of answersOn === 1 ? [stdio[2]] : [stdio[1], stdio[2]]) {
    listen(stream, (chunk) => evidence.keepLast(chunk));
  }
  return evidence;
}

interface Held {
  readonly pid: number | undefined;
  readonly isIndirect: boolean;
  readonly limits: Limits;
}

function stillOf({ confinement }: Kennel, { limits, ...held }: Held): Still {
  const isKept = 'how' in confinement.traits.enforces.processes;
  return stillness({ ...held, isFixed: isKept && limits.processes === 1 });
}

function lineTo(
  { stdin }: ChildProcess,
  { wind, unwind, hold, resume }: Watch & Still,
  answer: Gathered,
): Line {
  stdin?.on('error', () => undefined); // It may end before it has read all of it.
  return {
    ask(bytes) {
      answer.clear();
      resume();
      wind();
      stdin?.write(bytes);
    },
    heard() {
      unwind();
      hold();
    },
  };
}

/** Those of the kernel end at 64. */
const MOST_SIGNALS = 64;

function signalled(exit: Exit): Exit {
  const number = (exit.exitCode ?? 0) - 128;
  if (number <= 0 || number > MOST_SIGNALS) return exit;
  const signal = Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
  return { ...exit, exitCode: null, signal: (signal ?? `signal ${number}`) as NodeJS.Signals };
}

/** Its exit, after which nothing of its group is left and its pipes are read to their end. */
async function ending({ child, first }: Started, mark: string, isJailed: boolean): Promise<Exit> {
  const closed = once(child, 'close').catch(() => undefined);
  const exit = await new Promise<Exit>((done) => {
    child.once('exit', (exitCode, signal) => done({ exitCode, signal }));
    child.once('error', (error: NodeJS.ErrnoException) =>
      done({ exitCode: null, signal: null, code: error.code ?? 'UNKNOWN' }),
    );
  });
  if (exit.code !== undefined) return exit;
  killGroup(child);
  const jail = first();
  if (jail === undefined) killStrays(`${mark}\0`, { isJailed });
  else await killJail(jail, `${mark}\0`);
  const grace = setTimeout(() => {
    for (const stream of child.stdio) stream?.destroy();
  }, PIPE_GRACE_MS);
  await closed;
  clearTimeout(grace);
  return exit;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) kill(-pid);
}
