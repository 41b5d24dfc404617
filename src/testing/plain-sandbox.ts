/**
 * Plain processes under the caps of prlimit, but no jail: what runs here can read and write whatever
 * we can.
 */
import type { Enforcement, Limits, Sandbox } from '../sandboxes/contract.ts';
import { capped, capsMissing } from '../sandboxes/runner/caps.ts';
import type { Confinement } from '../sandboxes/runner/confined.ts';
import { runner } from '../sandboxes/runner/runner.ts';

export interface ProcessSandboxOptions {
  /** Names the owner, for example a study's work folder: nobody else may use it at the same time. */
  readonly scope: string;
}

export function processSandbox({ scope }: ProcessSandboxOptions): Sandbox {
  const missing = capsMissing(PROBED);
  return runner(scope, {
    traits: traitsOf(missing),
    confine: ({ argv, environment, limits }) => ({
      argv: [...(missing === undefined ? capped(limits) : []), ...argv],
      environment: { PATH: process.env.PATH ?? '', ...environment },
    }),
  });
}

/** Whoever can set these can set any. */
const PROBED: Limits = { wallMs: 1, outputBytes: 1, cpuMs: 1, memoryBytes: 1, fileBytes: 1 };

function traitsOf(missing: string | undefined): Confinement['traits'] {
  const byCaps = (how: string): Enforcement =>
    missing === undefined ? { how } : { unenforced: missing };
  return {
    level: 'J0',
    isolation: 'J0: runs with your rights, and the candidate with it; no jail',
    ownNetwork: { unenforced: 'only a jail has a network of its own' },
    enforces: {
      wallMs: { how: 'the process group is killed' },
      outputBytes: { how: 'the process group is killed' },
      cpuMs: byCaps('all processes of a run together, looked at 20 times a second'),
      memoryBytes: byCaps('all processes of a run together, looked at 20 times a second'),
      fileBytes: byCaps('each file, by the kernel; how many files is not limited'),
      diskBytes: { unenforced: 'only a jail has a file system of its own' },
      processes: { unenforced: 'the kernel counts all processes of your account together' },
    },
  };
}
