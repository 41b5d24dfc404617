/** What programs need to start: bound read-only under the names it has outside. */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join, resolve } from 'node:path';

export interface Toolchain {
  readonly reads: readonly string[];
  /** Links at the top of the file system, as on this machine: `/bin` is `usr/bin`. */
  readonly links: readonly (readonly [target: string, name: string])[];
  readonly path: string;
  /** What to start: the word of the run, or the program behind a shim. */
  readonly program: string;
}

/** Installed programs and libraries; readable by everybody outside, too. */
const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64'];

/** What a program may need of /etc to find its libraries and the time; no account, no key. */
const SETTINGS = ['/etc/ld.so.cache', '/etc/alternatives', '/etc/localtime'];

const PATH = '/usr/local/bin:/usr/bin:/bin';

/** The system's programs, and the one that is started where it is installed elsewhere. */
export function toolchainOf(program: string, cwd: string): Toolchain {
  const reads: string[] = [];
  const links: [string, string][] = [];
  for (const path of SYSTEM) {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) links.push([readlinkSync(path), path]);
    else if (stat !== undefined) reads.push(path);
  }
  reads.push(...SETTINGS.filter((path) => existsSync(path)));
  const found = locate(program, cwd);
  const behind = behindShim(found, cwd);
  const own = installationOf(behind ?? found, cwd);
  const common = { links, program: behind ?? program };
  if (own === undefined) return { ...common, reads, path: PATH };
  return { ...common, reads: [...reads, own.folder], path: `${own.bin}${delimiter}${PATH}` };
}

/** pyenv and its kin put scripts on PATH that look up the program, each by a tool of its own. */
const SHIM_TOOLS = ['pyenv', 'rbenv', 'nodenv', 'asdf'];

function behindShim(path: string, cwd: string): string | undefined {
  const folder = dirname(path);
  if (basename(folder) !== 'shims') return undefined;
  for (const name of SHIM_TOOLS) {
    const tool = ['bin', 'libexec']
      .map((place) => join(folder, '..', place, name))
      .find(existsSync);
    if (tool === undefined) continue;
    const { status, stdout } = spawnSync(tool, ['which', basename(path)], {
      cwd,
      encoding: 'utf8',
    });
    if (status === 0) return stdout.trim();
  }
  return undefined;
}

/** Where execvp(3) would find it; the name itself where it would not. */
export function locate(program: string, cwd: string): string {
  if (program.includes('/')) return resolve(cwd, program);
  const places = (process.env.PATH ?? '').split(delimiter);
  return places.map((place) => resolve(cwd, place, program)).find(existsSync) ?? program;
}

/** One that is seen in every jail, whatever stands first on a PATH; the name itself where there is none. */
export function ofSystem(name: string): string {
  return (
    PATH.split(delimiter)
      .map((place) => join(place, name))
      .find(existsSync) ?? name
  );
}

/** `PREFIX/bin/program` needs its prefix; whatever stands alone, or where people keep other things, itself. */
export function installationOf(
  path: string,
  cwd: string,
): { readonly folder: string; readonly bin: string } | undefined {
  if (!path.startsWith('/') || !existsSync(path)) return undefined;
  const real = realpathSync(path);
  if (SYSTEM.some((folder) => real.startsWith(`${folder}/`))) return undefined;
  const bin = dirname(real);
  const prefix = dirname(bin);
  const isInstalled = basename(bin) === 'bin' && !isPeoples(prefix) && !isWithin(cwd, prefix);
  return { folder: isInstalled ? prefix : real, bin };
}

/** A home, what holds one, and the folders of a home with keys beside `bin`: `~/.local`, `~/.cargo`. */
function isPeoples(prefix: string): boolean {
  const homes = [homedir(), '/root'];
  const isHidden = basename(prefix).startsWith('.');
  const above = isHidden ? dirname(prefix) : prefix;
  return dirname(above) === '/home' || homes.some((home) => isWithin(home, above));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? folder : `${folder}/`);
}
