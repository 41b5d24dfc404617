/**
 * A `Caller` over small functions, for tests of checks: what stands around a program is data here, and nothing of
 * a process. A program is made anew for each call, as a process would be.
 */
import type { CandidateId } from '../core/candidate.ts';
import type { Json } from '../core/json.ts';
import { publicRoot, type Rng } from '../core/rng.ts';
import type {
  Called,
  Caller,
  CallOutput,
  CallRequest,
  Conditions,
} from '../evaluators/contract.ts';

/** What a program may look at, by the names that Node has for it. */
export interface ProgramHost {
  readonly process: {
    readonly env: Readonly<Record<string, string | undefined>>;
    cwd(): string;
    exit(): never;
  };
  readonly os: { hostname(): string };
  readonly fs: { existsSync(path: string): boolean };
  /** Only `now`, `getUTCHours` and `getUTCDay` of the moment it was loaded. */
  readonly clock: { now(): number; hours(): number; day(): number };
  random(): number;
  /** Inputs handed over with this one. */
  batch(): number;
}

/** Loaded once, then called once for each input. */
export type Program = (host: ProgramHost) => (input: Json) => Json;

export interface CalledParts {
  readonly programs: ReadonlyMap<CandidateId, Program>;
  readonly inputOf: (rng: Rng) => Json;
  readonly sets?: readonly (keyof Conditions)[];
  /** What the machine does instead, for tests of what a check makes of it. */
  readonly instead?: (request: CallRequest, number: number) => Called | undefined;
  readonly cpuMsPerInput?: number;
  /** Only a declared generator makes inputs. */
  readonly hasNoInputs?: true;
}

const EVERYTHING: readonly (keyof Conditions)[] = [
  'environment',
  'hostname',
  'folder',
  'files',
  'clockMs',
  'warmup',
  'batch',
];

/** Tuesday, 3 March 2026, ten o'clock. */
const NOW_MS = Date.UTC(2026, 2, 3, 10);

class Exit extends Error {}

/** `calls` counts the calls so far. */
export function calledPrograms(parts: CalledParts): Caller & { calls(): number } {
  const root = publicRoot('inputs');
  let calls = 0;
  return {
    traits: { sets: parts.sets ?? EVERYTHING },
    calls: () => calls,
    ...(!parts.hasNoInputs && {
      inputs: async (cases: readonly number[]) =>
        cases.map((one) => parts.inputOf(root.stream(one, 'input'))),
    }),
    call: async (request) => {
      calls += 1;
      const program = parts.programs.get(request.candidate.id);
      if (program === undefined) throw new Error(`No program ${request.candidate.id}.`);
      return parts.instead?.(request, calls) ?? answered(program, request, { ...parts, calls });
    },
    close: () => undefined,
  };
}

function answered(
  program: Program,
  { inputs, conditions = {} }: CallRequest,
  { calls, cpuMsPerInput = 0.01 }: CalledParts & { readonly calls: number },
): Called {
  const cpuMs = cpuMsPerInput * inputs.length;
  let at = 0;
  const random = publicRoot('random').stream(calls, 'random');
  try {
    const run = program(hostOf(conditions, { random, inputs: inputs.length, at: () => at }));
    for (const input of conditions.warmup ?? []) answer(run, input);
    const outputs = inputs.map((input, number) => {
      at = number;
      return answer(run, input);
    });
    return { outputs, cpuMs };
  } catch (error) {
    if (error instanceof Exit) return { outcome: 'crashed', message: 'the process ended' };
    throw error;
  }
}

function answer(run: (input: Json) => Json, input: Json): CallOutput {
  try {
    // As it would cross a process: no shared objects, no NaN.
    return { output: JSON.parse(JSON.stringify(run(structuredClone(input)))) as Json };
  } catch (error) {
    if (error instanceof Exit) throw error;
    return { failed: String(error) };
  }
}

function hostOf(
  { environment = {}, hostname = 'jail', folder = 'work', files = [], clockMs, batch }: Conditions,
  { random, inputs, at }: { random: Rng; inputs: number; at: () => number },
): ProgramHost {
  const now = clockMs ?? NOW_MS;
  const size = batch ?? 1;
  return {
    process: {
      env: environment,
      cwd: () => `/${folder}`,
      exit: () => {
        throw new Exit('exit');
      },
    },
    os: { hostname: () => hostname },
    fs: { existsSync: (path) => files.includes(path) },
    clock: {
      now: () => now,
      hours: () => new Date(now).getUTCHours(),
      day: () => new Date(now).getUTCDay(),
    },
    random: () => random.float(),
    batch: () => Math.min(size, inputs - Math.floor(at() / size) * size),
  };
}
