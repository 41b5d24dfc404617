/** What was found out about this machine or a task, kept for the next start: lost, it is found out again. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Kind = 'self-test' | 'evaluator-audit' | 'gates';

/** An empty or relative one counts as none (XDG Base Directory Specification). */
function cacheHome(): string {
  const named = process.env['XDG_CACHE_HOME'] ?? '';
  return isAbsolute(named) ? named : join(homedir(), '.cache');
}

/** Each below the one before. */
function foldersOf(kind: Kind): readonly [string, string, string] {
  const home = cacheHome();
  return [home, join(home, 'paceline'), join(home, 'paceline', kind)];
}

export function machineFile(kind: Kind, digest: string): string {
  return join(foldersOf(kind)[2], `${digest.replace(':', '-')}.json`);
}

/** Where it cannot be kept, nothing is. */
export function keepOnMachine(kind: Kind, digest: string, text: string): void {
  const path = machineFile(kind, digest);
  try {
    // One by one: below /proc, Node 20 never ends a recursive one.
    for (const folder of foldersOf(kind)) if (!existsSync(folder)) mkdirSync(folder);
    const own = `${path}.${process.pid}`;
    writeFileSync(own, text);
    renameSync(own, path);
  } catch {
    // It is found out again.
  }
}
