/**
 * As root, what is jailed runs as a user of its own, who could not even pass through `/root` or a folder
 * of mktemp to what it is shown. Then root shows it first, in a mount namespace of its own: each path
 * at a number below /sys, and only after that the user changes.
 */
import { constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PacelineError } from '../../core/errors.ts';

export interface Staged {
  /** Where the user finds a path. */
  readonly sourceOf: (path: string) => string;
  /** The words before the program that makes the jail; the user has changed behind them. */
  readonly words: readonly string[];
}

/** Where nobody keeps a project, and nothing jailed looks. */
const STAGE = '/sys';

/** Constant; the paths are its arguments, up to `--`, behind which the program stands. */
const SCRIPT = `mount -t tmpfs -o size=1m,mode=755 tmpfs ${STAGE} && mkdir ${STAGE}/kernel || exit 125
i=0
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then mkdir ${STAGE}/$i; else : > ${STAGE}/$i; fi
  mount --bind "$1" ${STAGE}/$i || exit 125
  i=$((i + 1))
  shift
done
shift
exec "$@"`;

/** Undefined where the user can pass to every path as it is. */
export function staged(paths: readonly string[], user: number): Staged | undefined {
  if (paths.every((path) => isOpenAbove(path))) return undefined;
  const at = new Map(paths.map((path, i) => [path, `${STAGE}/${i}`]));
  return {
    sourceOf: (path) => at.get(path) ?? path,
    words: [
      ['unshare', '--mount', '--propagation', 'private', '--', 'sh', '-c', SCRIPT, 'sh'],
      [...at.keys()],
      ['--', 'setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--'],
    ].flat(),
  };
}

function isOpenAbove(path: string): boolean {
  for (let at = dirname(path); at !== '/'; at = dirname(at)) {
    if ((statSync(at).mode & constants.S_IXOTH) === 0) return false;
  }
  return true;
}

/** @throws PacelineError CONFIG_INVALID where the others may not even look into what is to be read. */
export function refuseClosed(path: string): void {
  const stat = statSync(path);
  const needed = constants.S_IROTH | (stat.isDirectory() ? constants.S_IXOTH : 0);
  if ((stat.mode & needed) === needed) return;
  throw new PacelineError(
    'CONFIG_INVALID',
    `As root, what is jailed runs as a user of its own, and that user may not read ${path}. Allow it (chmod o+rX ${path}), or run paceline as the owner of the project.`,
    { path },
  );
}
