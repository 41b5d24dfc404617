/** Why the system refused a file or a folder, in words, with what to do. */
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { PacelineError } from '../core/errors.ts';

const FAULTS: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  EACCES: [
    'permission is denied',
    'Change its permissions (ls -l shows them), or run as its owner',
  ],
  EPERM: ['the system does not permit it', 'Change its owner or attributes, or run as its owner'],
  EROFS: ['the file system is read-only', 'Work in a folder that can be written'],
  ENOSPC: ['the disk is full', 'Free some space'],
  EDQUOT: ['the disk quota is used up', 'Free some space'],
  EMFILE: ['too many files are open', 'Raise the limit with ulimit -n'],
  ENOENT: ['there is no such file', 'Check the path'],
  ENOTDIR: ['a part of the path is a file', 'Name a path whose folders are folders'],
  EISDIR: ['it is a folder', 'Name a file'],
  ELOOP: ['its links lead in a circle', 'Mend the link'],
  ENAMETOOLONG: ['the name is too long', 'Use a shorter one'],
  EBUSY: ['something else uses it', 'End what uses it, then run again'],
  EIO: ['the disk reports an error', 'Check the disk'],
};

/** In words, without the path; the system's own where there are none here. */
export function faultOf(error: unknown): { readonly what: string; readonly remedy?: string } {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const [what, remedy] = FAULTS[causeOf(error as NodeJS.ErrnoException, code)] ?? [];
  return what === undefined || remedy === undefined ? { what: message } : { what, remedy };
}

/** A file that was to be made and was not. */
export function unwritable(target: string, cause: unknown): PacelineError {
  const folder = dirname(target);
  const { what, remedy = 'Choose a folder that can be written to' } = existsSync(folder)
    ? faultOf(cause)
    : { what: `there is no folder ${folder}`, remedy: 'Make it, or name another file' };
  const message = `${target} cannot be written: ${what}. ${remedy}.`;
  return new PacelineError('WORKSPACE', message, { target }, { cause });
}

/** Undefined for an error that is none of the file system's. */
export function asFileFault(error: unknown): PacelineError | undefined {
  const { code, path, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === undefined || path === undefined || syscall === undefined) return undefined;
  const { what, remedy } = faultOf(error);
  if (remedy === undefined) return undefined;
  const cause = causeOf(error as NodeJS.ErrnoException, code);
  const message = `${path} cannot be used: ${what}. ${remedy}.`;
  return new PacelineError(DISK.has(cause) ? 'DISK_FAILED' : 'WORKSPACE', message, {
    path,
    code: cause,
  });
}

const DISK: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EIO']);

/** Making folders on a read-only disk fails with ENOENT in Node 20: what holds the nearest one says why. */
function causeOf({ syscall, path }: NodeJS.ErrnoException, code: string): string {
  if (code !== 'ENOENT' || syscall !== 'mkdir' || path === undefined) return code;
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
    return code;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? code;
  }
}
