/** Where the self-test stands: TMPDIR, or `/tmp` where that cannot be used. */
import { accessSync, constants, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { PacelineError } from '../../core/errors.ts';

/** The path of a socket has 107 bytes (unix(7)), and ours stands two folders down. */
const LONGEST = 60;

/** @throws PacelineError WORKSPACE where there is no such folder. */
export function temporaryFolder(places: readonly string[] = [tmpdir(), '/tmp']): string {
  for (const place of places) {
    const path = usable(place);
    if (path !== undefined && Buffer.byteLength(path) <= LONGEST) return path;
  }
  throw new PacelineError(
    'WORKSPACE',
    `No jail can be tried: nothing can be written to ${[...new Set(places)].join(' or ')}. Set TMPDIR to a folder that can be written to, with a path of at most ${LONGEST} bytes.`,
    { places },
  );
}

function usable(place: string): string | undefined {
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
    return realpathSync(place);
  } catch {
    return undefined;
  }
}
