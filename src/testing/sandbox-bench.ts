/** What every law of a sandbox stands on: a folder, a sandbox of its own, and a way to run in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Awaitable } from '../core/json.ts';
import type { Limits, Run, RunEnd, Sandbox } from '../sandboxes/contract.ts';
import type { Suite } from './suite.ts';

export interface SandboxSubject {
  /** Each with a scope of its own. */
  readonly create: () => Awaitable<Sandbox>;
  /** It runs nothing else: laws that need a shell are skipped. */
  readonly onlyNode?: boolean;
  /** Why it keeps no file from its runs, where it is for programs of the user: laws of views are skipped. */
  readonly holdsNothing?: string;
}

/** Generous for a busy machine: what is to end by something else must not end by this. */
const WALL_MS = 20_000;
const NEVER = new AbortController().signal;
const MIB = 1024 * 1024;

export interface Bench {
  readonly sandbox: Sandbox;
  readonly folder: string;
  run(argv: readonly string[], more?: More): Promise<RunEnd>;
}
export interface More extends Partial<Omit<Run, 'limits'>> {
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
}

/** Most programs here start others; a driver without a limit of processes lets them. */
function others({ traits }: Sandbox): Partial<Limits> {
  return 'how' in traits.enforces.processes ? { processes: 16 } : {};
}

export const sh = (script: string): readonly string[] => ['sh', '-c', script];
export const node = (script: string): readonly string[] => [process.execPath, '-e', script];

type Law = readonly [string, (bench: Bench) => Promise<void>, ('shell' | undefined)?];

export function law(
  suite: Suite,
  { create, onlyNode }: SandboxSubject,
  [name, body, needs]: Law,
): void {
  if (onlyNode && needs === 'shell') {
    suite.skip(name, 'it runs nothing but Node');
    return;
  }
  suite.test(name, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'paceline-sandbox-'));
    const sandbox = await create();
    const run: Bench['run'] = (argv, { limits = {}, signal = NEVER, ...more } = {}) =>
      sandbox.run(
        {
          argv,
          cwd: folder,
          environment: {},
          reads: [],
          writes: [folder],
          hides: [],
          answersOn: 1,
          ...more,
          limits: { ...others(sandbox), wallMs: WALL_MS, outputBytes: MIB, ...limits },
        },
        signal,
      );
    try {
      await body({ sandbox, folder, run });
    } finally {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
