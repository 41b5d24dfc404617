/**
 * Where foreign processes run: evaluators, generators, interpreters. What every driver promises:
 *
 * 1. `argv` is handed over as it is: no shell reads it.
 * 2. The environment is PATH, the driver's own (PACELINE_RUN, PWD, HOME) and what the run names; nothing
 *    of ours leaks in. Standard input is empty, what the run names, or the questions of a conversation.
 * 3. A run is over when nothing of it runs: its process group, grandchildren and daemons included,
 *    is killed at a limit, at an abort and at its own end, whatever it forked. A process that also
 *    cleared its environment escapes a driver below J2, and `traits` says so by its level.
 * 4. When this engine dies, even by kill -9, all its runs die within a moment.
 * 5. A limit is enforced or refused: none is accepted and ignored. To hold a run to one core is no
 *    limit: where it cannot be had the run takes place all the same, and `traits` says so.
 * 6. What the process does never rejects: its end is the result. Only what it wrote to the answer
 *    channel is an answer; everything else it printed is evidence for messages.
 */
import type { Duplex } from 'node:stream';
import type { MeasureRequest } from '../evaluators/contract.ts';

/** How far a process is held, from J0, plain process with our rights, to J4. */
export type JailLevel = 'J0' | 'J1' | 'J2' | 'J3' | 'J4';

export interface Limits {
  readonly wallMs: number;
  /** Of the answer (included). What it prints besides is cut, not limited. */
  readonly outputBytes: number;
  /** CPU time of all its processes together. */
  readonly cpuMs?: number;
  /** Resident memory of all its processes together. */
  readonly memoryBytes?: number;
  /** Size of any one file it writes. */
  readonly fileBytes?: number;
  /** In each folder of `writes`, and as much again in its temporary folder. */
  readonly diskBytes?: number;
  /** At the same time; 1: it may start none. */
  readonly processes?: number;
}

/** What a limit is called in paceline.yaml and on screens. */
export const LIMIT_NAMES: Readonly<Record<keyof Limits, string>> = {
  wallMs: 'timeout',
  outputBytes: 'output',
  cpuMs: 'cpu',
  memoryBytes: 'memory',
  fileBytes: 'file',
  diskBytes: 'disk',
  processes: 'processes',
};

/** How a limit is kept, or why this driver cannot keep it. */
export type Enforcement = { readonly how: string } | { readonly unenforced: string };

export interface SandboxTraits {
  readonly level: JailLevel;
  /** What the level means, in words for reports. */
  readonly isolation: string;
  readonly enforces: Readonly<Record<keyof Limits, Enforcement>>;
  /** Whether runs can be held to one core, and to which. */
  readonly oneCore: Enforcement;
  /** Whether `shows` of a run is heeded. */
  readonly showsElsewhere?: true;
  /** Whether `hostname` of a run is heeded. */
  readonly setsHostname?: true;
  /** Whether a run can have a network that holds nothing but itself. */
  readonly ownNetwork: Enforcement;
  /** Whether a run can be killed for what it tries. Absent: a run that asks for it is refused. */
  readonly killsOn?: true;
}

/**
 * What nothing jailed has any business with, by kind: a socket of a network; another process; the memory of others; mounts,
 * namespaces, modules, keys and the clock of the system.
 */
export const FORBIDDEN = ['network', 'processes', 'other processes', 'the system'] as const;

export type Forbidden = (typeof FORBIDDEN)[number];

/** How a run ends that was killed for what it tried. */
export const KILLED_FOR_IT = 'SIGSYS';

export interface Shown {
  /** A file or a folder outside. */
  readonly source: string;
  /** Where it is found inside, in a folder of `writes`. */
  readonly path: string;
}

export interface Run {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What it reads on standard input, to its end. Absent: nothing. It need not read it. */
  readonly input?: Uint8Array;
  /** Files and folders it needs to read besides its program: from J2 on it sees no others. */
  readonly reads: readonly string[];
  /**
   * Folders it may write: from J2 on no others, but for a temporary one of its own, and there it gets a
   * copy that goes with it. Whatever it does to that reaches no disk and no folder of ours.
   */
  readonly writes: readonly string[];
  /** What it sees, read-only, at another place than outside: only where `traits.showsElsewhere`. */
  readonly shows?: readonly Shown[];
  /** Of `reads`, what it must not see. */
  readonly hides: readonly string[];
  /** The descriptor it answers on: 1 for standard output, 3 for a channel of its own. */
  readonly answersOn: 1 | 3;
  readonly limits: Limits;
  /** Held to one core with all it starts, as far as `traits.oneCore` can: a clock looks on. */
  readonly oneCore?: boolean;
  /** It may talk TCP with itself, at 127.0.0.1, and with nobody else. Refused where `traits.ownNetwork` cannot. */
  readonly ownNetwork?: boolean;
  /**
   * What is denied to every run ends this one, by KILLED_FOR_IT, so that an attempt is seen. `processes` only
   * where it may start none. A process that it may start, and that is killed, is not seen.
   */
  readonly killsOn?: readonly Forbidden[];
  /** What the machine is called inside. Absent: `jail`. Refused where `traits.setsHostname` is not set. */
  readonly hostname?: string;
}

export interface RunEnd {
  /** Why it ended. `refused`: it could not be started, see `code`. */
  readonly ended:
    | 'exit'
    | 'signal'
    | 'timeout'
    | 'overflow'
    | 'over-cpu'
    | 'over-memory'
    | 'over-file'
    | 'over-disk'
    | 'refused'
    | 'aborted';
  /** One sentence on this end, another for each; quotes nothing the process wrote. */
  readonly says: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Of the system, where it could not be started: ENOENT, EAGAIN, … */
  readonly code?: string;
  /** Decoded as UTF-8; bytes that are none become U+FFFD. */
  readonly answer: string;
  /** The last 8 KiB of what it printed besides the answer. */
  readonly evidence: string;
  readonly cpuMs: number;
}

/** An answer; or what the run said that is none; or how it ended. After the last two there is none again. */
export type Heard =
  | { readonly answer: Readonly<Record<string, unknown>> }
  | { readonly fault: string }
  | { readonly end: RunEnd };

/** A run that is asked on standard input and answers on its channel, both in frames (runner/frames.ts). */
export interface Conversation {
  /** One question at a time, answered by a JSON object. @throws as `run` does. */
  ask(question: Readonly<Record<string, unknown>>): Promise<Heard>;
  /** Ends the run, if it has not ended yet. */
  close(): Promise<RunEnd>;
}

export interface Sandbox {
  readonly traits: SandboxTraits;
  /** @throws PacelineError CONFIG_INVALID for a limit that cannot be enforced, with what to do. */
  check(limits: Limits): void;
  /** @throws as `check` does, before anything is started. */
  run(run: Run, signal: AbortSignal): Promise<RunEnd>;
  /**
   * Starts a run to talk with: `wallMs` and `outputBytes` are those of one answer, and nobody's clock
   * runs in between; nor, from a moment after an answer on, does anything of the run.
   */
  converse(run: Omit<Run, 'input'>, signal: AbortSignal): Conversation;
  /**
   * Starts a run whose descriptor 3 goes both ways while it lasts; its answer is empty. What comes out of
   * the channel counts as output.
   *
   * @param use Called once it has started, not at all where it could not be. The channel closes with the run.
   */
  attach(
    run: Omit<Run, 'input' | 'answersOn'>,
    use: (channel: Duplex) => void,
    signal: AbortSignal,
  ): Promise<RunEnd>;
  /** Ends what still runs, then whatever watched over it. */
  close(): Promise<void>;
}

/** Runs candidates among canaries, in jails in which an attempt at what is denied is the end. */
export interface JailProbe {
  /** What it cannot tell here, in words; none where it sees all that it is made for. */
  readonly blind: readonly string[];
  /** Attempts that it sees. */
  readonly tells: readonly Forbidden[];
  /** @throws as `measure` does. */
  look(request: LookRequest, signal: AbortSignal): Promise<JailReport>;
}

export interface LookRequest extends MeasureRequest {
  readonly forbids: readonly Forbidden[];
}

export interface JailReport {
  /** Cases that got a score. */
  readonly scored: number;
  /** Canaries that were opened, or whose text was in what it gave. */
  readonly touched: readonly string[];
  /** A run ended for what it tried: one of what was forbidden. */
  readonly isKilled: boolean;
  /** Opened canaries would have been seen. */
  readonly isWatched: boolean;
  readonly cpuMs: number;
}
