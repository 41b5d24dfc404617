/** Programs that people name on the command line, looked up before hours are spent. */
import { startFault } from '../sandboxes/runner/program.ts';

/** Why it cannot be started from here, in words; undefined where it can. */
export function whyNotStarted(program: string): string | undefined {
  const fault = startFault(program, process.cwd());
  if (fault === undefined) return undefined;
  if (fault !== 'ENOENT') return `${program} cannot be run (${fault})`;
  return program.includes('/') ? `There is no ${program}` : `${program} is not on PATH`;
}
