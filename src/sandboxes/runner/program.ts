/** Finds a program as execvp(3) would, so that one that is not there is told from one that failed. */
import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** The code of the reason why `name` cannot be started in `cwd`: ENOENT, EACCES, ENOTDIR. */
export function startFault(name: string, cwd: string): string | undefined {
  const folder = faultOf(() => void readable(cwd));
  if (folder !== undefined) return folder;
  if (name.includes('/')) return faultOf(() => executable(resolve(cwd, name)));
  const places = (process.env.PATH ?? '').split(':');
  const faults = places.map((place) => faultOf(() => executable(resolve(cwd, place, name))));
  if (faults.includes(undefined)) return undefined;
  return faults.find((fault) => fault === 'EACCES') ?? 'ENOENT';
}

function readable(folder: string): void {
  if (!statSync(folder).isDirectory()) throw Object.assign(new Error(folder), { code: 'ENOTDIR' });
  accessSync(folder, constants.X_OK);
}

function executable(path: string): void {
  if (!statSync(path).isFile()) throw Object.assign(new Error(path), { code: 'EACCES' });
  accessSync(path, constants.X_OK);
}

function faultOf(look: () => void): string | undefined {
  try {
    look();
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EACCES';
  }
}
