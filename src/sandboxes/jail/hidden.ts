/** Where what is hidden lies inside. */
import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Of a link, what it points at, as far as that is shown: the link itself leads nowhere then. */
export function hiddenPlaces(
  hides: readonly string[],
  reads: readonly string[],
): readonly string[] {
  return hides.filter(existsSync).flatMap((path) => {
    if (!lstatSync(path).isSymbolicLink()) return [path];
    const target = realpathSync(path);
    return reads.flatMap((read) => {
      const below = relative(realpathSync(read), target);
      return below.startsWith('..') ? [] : [join(read, below)];
    });
  });
}
