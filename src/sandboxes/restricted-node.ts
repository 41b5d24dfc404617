/**
 * A child under Node's permission model (docs: Permissions) with an empty environment: no files but
 * those named, no processes, no threads, no addons. Network and signals stay open and the whole of V8
 * is its only wall, so this is for functions that nobody wrote against us and is never called
 * contained. Runs nothing but Node.
 */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import type { Run, Sandbox } from './contract.ts';
import { hiddenPlaces } from './jail/hidden.ts';
import { DEFAULT_LIMITS } from './jail/prepared.ts';
import { locate } from './jail/toolchain.ts';
import { capped } from './runner/caps.ts';
import type { Confined, Confinement } from './runner/confined.ts';
import { runner } from './runner/runner.ts';

export interface RestrictedNodeOptions {
  /** Names the owner, for example a study's work folder: nobody else may use it at the same time. */
  readonly scope: string;
}

/** Node 23.5 dropped the prefix. */
const FLAG = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

const LOOKED = { how: 'the process, looked at 20 times a second, and by the kernel' };

const TRAITS: Confinement['traits'] = {
  level: 'J1',
  isolation: 'J1: Node’s permission model, unenforced: the network is open, and so are signals',
  ownNetwork: { unenforced: 'the network is open' },
  enforces: {
    wallMs: { how: 'the process group is killed' },
    outputBytes: { how: 'the process group is killed' },
    cpuMs: LOOKED,
    memoryBytes: LOOKED,
    fileBytes: { how: 'each file, by the kernel' },
    diskBytes: {
      how: 'folders it may write are looked at 20 times a second; what is deleted is not seen',
    },
    processes: { how: 'it may start none' },
  },
};

export function restrictedNodeSandbox({ scope }: RestrictedNodeOptions): Sandbox {
  return runner(scope, { traits: TRAITS, confine: restricted });
}

function restricted(run: Run): Confined {
  const [program = '', ...words] = run.argv;
  const node = locate(program, run.cwd);
  if (!isNode(node)) throw refused(program);
  const { memoryBytes, diskBytes } = DEFAULT_LIMITS;
  const limits = { memoryBytes, diskBytes, ...run.limits };
  const hidden = [...run.hides, ...hiddenPlaces(run.hides, run.reads)];
  const readable = [...run.reads, ...run.writes].flatMap((path) => without(path, hidden));
  return {
    argv: [
      capped({ ...limits, dataBytes: limits.memoryBytes }),
      [node, FLAG, '--no-warnings'],
      readable.map((path) => `--allow-fs-read=${path}`),
      run.writes.map((path) => `--allow-fs-write=${path}`),
      words,
    ].flat(),
    environment: { PATH: '/usr/bin:/bin', ...run.environment },
    limits,
  };
}

function isNode(path: string): boolean {
  return existsSync(path) && basename(realpathSync(path)) === 'node';
}

function refused(program: string): PacelineError {
  return new PacelineError(
    'CONFIG_INVALID',
    `At jail level J1 nothing runs but Node, and this is ${JSON.stringify(program)}. Install bubblewrap (apt install bubblewrap); paceline doctor says why no better level was reached.`,
    { program },
  );
}

/** A path, or what lies in it where something of that is hidden: there is no list of exceptions. */
function without(path: string, hidden: readonly string[]): readonly string[] {
  if (hidden.includes(path)) return [];
  if (!hidden.some((one) => one.startsWith(`${path}/`))) return [path];
  return readdirSync(path).flatMap((name) => without(join(path, name), hidden));
}
