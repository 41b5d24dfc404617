/**
 * Programs of the user that are no candidates and hold none: with the user's rights, network and limits.
 * What they share with a jail is how they end: at the timeout, at an abort and with the engine, the
 * whole process group. No candidate ever runs here.
 */
import type { Sandbox } from './contract.ts';
import type { Confinement } from './runner/confined.ts';
import { runner } from './runner/runner.ts';

const KILLED = { how: 'the process group is killed' };
const OPEN = { unenforced: 'the program is your own, and runs with the limits you have' };

const TRAITS: Confinement['traits'] = {
  level: 'J0',
  isolation: 'J0: a program of yours, with your rights; no jail',
  ownNetwork: OPEN,
  enforces: {
    wallMs: KILLED,
    outputBytes: KILLED,
    cpuMs: OPEN,
    memoryBytes: OPEN,
    fileBytes: OPEN,
    diskBytes: OPEN,
    processes: OPEN,
  },
};

/** @param scope Names the owner: nobody else may use it at the same time. */
export function ownProgramSandbox({ scope }: { readonly scope: string }): Sandbox {
  return runner(scope, {
    traits: TRAITS,
    confine: ({ argv, environment }) => ({
      argv,
      environment: { PATH: process.env.PATH ?? '', ...environment },
    }),
  });
}
