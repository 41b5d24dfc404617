/**
 * An evaluator that stood its attacks need not stand them again while nothing it could rest on changed:
 * every file of the task's folder, what the config says of surface, evaluator and rule, the jail, the attacks,
 * Node and Paceline.
 */
import { existsSync, lstatSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { contentId, type Hash, sha256 } from '../../core/hash.ts';
import type { Plan } from '../../loop/plan.ts';
import { CONFIG_FILE } from '../config.ts';
import { keepOnMachine, machineFile } from '../machine-cache.ts';
import { digestFiles } from '../study-files.ts';

const PACKAGES = 'node_modules';
/** The config counts by what it says of the evaluator; any other file may be read by it. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', '.paceline', PACKAGES, CONFIG_FILE]);

/** A larger folder is not read at each start; its evaluator is attacked each time. */
const MOST_FILES = 500;
const MOST_BYTES = 16 * 2 ** 20;
/** Packages are looked at and not read: by name, size and time. */
const MOST_PACKAGE_FILES = 20_000;

/**
 * Undefined where the folder is too large, or leads elsewhere, to be sure.
 * @param attacks Texts of the candidates it has to stand.
 * @param reads `jail.read`: what lies outside is looked at by nobody here.
 * @param installedIn Where packages lie, if not in the folder of the task.
 */
export function digestOfTask(
  root: string,
  { opened }: Pick<Plan, 'opened'>,
  {
    attacks,
    reads = [],
    installedIn = root,
  }: {
    readonly attacks: readonly string[];
    readonly reads?: readonly string[];
    readonly installedIn?: string;
  },
): string | undefined {
  if (reads.some((path) => !isBelow(root, resolve(root, path)))) return undefined;
  const names = readdirSync(root).filter((name) => !SKIPPED.has(name));
  const size = names.reduce((sum, name) => added(sum, sizeOf(join(root, name))), NOTHING);
  if (size.files > MOST_FILES || size.bytes > MOST_BYTES) return undefined;
  const packages = digestOfPackages(join(installedIn, PACKAGES));
  if (packages === undefined) return undefined;
  const { task, evaluator, isolation, ruleHash, engine } = opened;
  const files = digestFiles(root, names);
  const on = { isolation, ruleHash, engine, node: process.version, reads: [...reads] };
  return contentId({ task, evaluator, attacks, files, packages, ...on });
}

function isBelow(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

/** Undefined where there are too many, or one lies elsewhere. */
function digestOfPackages(folder: string): Hash | undefined {
  const seen: string[] = [];
  const look = (path: string): boolean => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return true;
    if (seen.length >= MOST_PACKAGE_FILES) return false;
    const to = stat.isSymbolicLink() ? readlinkSync(path) : '';
    seen.push([path, stat.size, stat.mtimeMs, to].join('\n'));
    if (stat.isSymbolicLink())
      return existsSync(path) && isBelow(realpathSync(folder), realpathSync(path));
    return (
      !stat.isDirectory() ||
      readdirSync(path)
        .sort()
        .every((name) => look(join(path, name)))
    );
  };
  return look(folder) ? sha256(seen.join('\n')) : undefined;
}

interface Size {
  readonly files: number;
  readonly bytes: number;
}

const NOTHING: Size = { files: 0, bytes: 0 };

function added(a: Size, b: Size): Size {
  return { files: a.files + b.files, bytes: a.bytes + b.bytes };
}

function sizeOf(path: string): Size {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return NOTHING;
  if (stat.isSymbolicLink()) return { files: Number.POSITIVE_INFINITY, bytes: 0 };
  if (!stat.isDirectory()) return { files: 1, bytes: stat.size };
  return readdirSync(path).reduce((sum, name) => added(sum, sizeOf(join(path, name))), NOTHING);
}

export function hasPassed(digest: string): boolean {
  return existsSync(machineFile('evaluator-audit', digest));
}

export function rememberPass(digest: string): void {
  keepOnMachine('evaluator-audit', digest, '{}');
}
