/**
 * `surface` of the config against the folder as it is: which files may be edited, which lie beside
 * them read-only. Everything a study would trip over later is refused here.
 */
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { PacelineError } from '../core/errors.ts';
import { isPlainPath } from '../source/program.ts';
import type { Files } from '../tasks/contract.ts';
import type { Config } from './config-schema.ts';
import { refuseOwnJudges } from './own-source.ts';
import { LARGEST_FILE } from './study-files.ts';
import { CHECKOUTS } from './task-folder.ts';

/** Never part of a surface, and never walked through: nobody's sources lie there. */
const SKIPPED = ['**/node_modules/**', '**/.git/**', '**/.paceline/**'];

/** A candidate is text in the ledger and in every prompt: what people edit, not what is generated. */
const MOST_EDITABLE_FILES = 256;
const MOST_EDITABLE_BYTES = 1024 * 1024;

/** Included files are copied for every rollout, and each is a mount of its own: 2,900 of them took 20 s, 3,000 are too many for bubblewrap. */
const MOST_INCLUDED_FILES = 2048;
const MOST_INCLUDED_BYTES = 64 * 1024 * 1024;

export interface Surface {
  /** Editable files, text by path. */
  readonly edit: Files;
  /** Paths of files and folders that judge. */
  readonly readonly: readonly string[];
  /** Paths of files that stand beside the candidate, read-only. */
  readonly include: readonly string[];
  /** Links of a repository that stay in it. */
  readonly links: readonly string[];
}

/** @throws PacelineError SURFACE_INVALID, in one sentence. */
export function readSurface(root: string, { surface, repository }: Config): Surface {
  const edit = expand(root, surface.edit, { key: 'surface.edit', of: filesNamed });
  const included = expand(root, surface.include, { key: 'surface.include', of: filesNamed });
  const isAll = isWhole({ surface, repository });
  const { files: include, links } = isAll ? allBeside(root, edit) : { files: included, links: [] };
  const readonly = expand(root, surface.readonly, { key: 'surface.readonly', of: judgesOf });
  for (const path of edit) {
    refuseOverlap(path, { key: 'surface.include', entries: include });
    refuseOverlap(path, { key: 'surface.readonly', entries: readonly });
  }
  refuseOwnJudges(root, edit);
  refuseMany('surface.edit', edit.length, MOST_EDITABLE_FILES);
  if (isAll) refuseHuge(root, include);
  else refuseMany('surface.include', include.length, MOST_INCLUDED_FILES);
  const bytes = (paths: readonly string[], key: string): number =>
    paths.reduce((sum, path) => sum + sizeOf(root, path, key), 0);
  const edited = bytes(edit, 'surface.edit');
  refuseLarge('surface.edit', edited, MOST_EDITABLE_BYTES);
  if (surface.limit !== undefined && edited > surface.limit) {
    throw invalid(
      `The files of surface.edit hold ${edited} bytes, more than the ${surface.limit} of surface.limit. Raise it: no candidate could be as it is now.`,
      { bytes: edited, limit: surface.limit },
    );
  }
  if (!isAll)
    refuseLarge('surface.include', bytes(include, 'surface.include'), MOST_INCLUDED_BYTES);
  const texts = edit.map((path) => [path, readText(root, path, 'surface.edit')] as const);
  return { edit: Object.fromEntries(texts), readonly, include, links };
}

/** Of a repository all is there beside the candidate, unless less was asked for. */
export function isWhole({ surface, repository }: Pick<Config, 'surface' | 'repository'>): boolean {
  return repository !== undefined && surface.include.length === 0;
}

interface Expansion {
  readonly key: string;
  readonly of: (root: string, entry: string) => readonly string[];
}

/** What the entries name, each once. */
function expand(root: string, entries: readonly string[], { key, of }: Expansion): string[] {
  const found = entries.flatMap((entry) => {
    const paths = of(root, entry);
    if (paths.length > 0) return paths;
    throw invalid(
      `${key} names ${JSON.stringify(entry)}, which matches no file in ${placeOf(root)}`,
      { key, entry },
    );
  });
  return [...new Set(found)].sort();
}

/** A person knows the commit, and not where it was laid out. */
function placeOf(root: string): string {
  const commit = basename(root);
  const isCommit = dirname(root).endsWith(CHECKOUTS) && /^[0-9a-f]{40,64}$/.test(commit);
  return isCommit
    ? `the commit ${commit.slice(0, 12)}. Correct it, or commit that file; paths start at the top of the repository.`
    : `${root}. Correct it; paths start there.`;
}

/** What judges may be a folder with links in it: it is hashed as a whole, so it stays one path. */
function judgesOf(root: string, entry: string): readonly string[] {
  const path = plainEntry(entry).replace(/\/\*\*$/, '');
  return existsSync(join(root, path)) ? [path] : filesNamed(root, entry);
}

function plainEntry(entry: string): string {
  return entry.replace(/^\.\//, '').replace(/\/$/, '');
}

/** The files that an entry names: a file, a folder with all below it, or a glob. */
export function filesNamed(root: string, entry: string): readonly string[] {
  const path = plainEntry(entry);
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  // A name such as [id].ts is a file before it is a pattern.
  if (stat?.isFile()) return [path];
  if (stat?.isDirectory()) {
    const inside = filesBelow(join(root, path));
    return path === '' || path === '.' ? inside : inside.map((file) => `${path}/${file}`);
  }
  return isDynamicPattern(entry) ? glob(root, entry) : [];
}

/** Of a folder that holds nothing but a commit: what others generate is committed there. */
export function allBelow(folder: string): readonly string[] {
  return glob(folder, '**', []);
}

/** Paths of all files of a folder, relative to it. */
export function filesBelow(folder: string): readonly string[] {
  return glob(folder, '**');
}

/** What a commit has is not picked by anybody, so what cannot stand beside the candidate is passed by. */
function allBeside(
  root: string,
  edit: readonly string[],
): { readonly files: readonly string[]; readonly links: readonly string[] } {
  const paths = allBelow(root).filter((path) => isPlainPath(path) && !edit.includes(path));
  const files: string[] = [];
  const links: string[] = [];
  for (const path of paths) {
    const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (stat?.isFile()) files.push(path);
    else if (stat?.isSymbolicLink() && staysIn(root, path)) links.push(path);
  }
  return { files, links };
}

/** Whether a link leads to something of the folder. */
export function staysIn(root: string, path: string): boolean {
  try {
    return realpathSync(join(root, path)).startsWith(realpathSync(root) + sep);
  } catch {
    return false;
  }
}

/** Shown, not copied; but hashed at every start. */
const MOST_SHOWN_FILES = 100_000;
const MOST_SHOWN_BYTES = 4 * 1024 * 1024 * 1024;

function refuseHuge(root: string, paths: readonly string[]): void {
  const sizes = paths.map((path) => lstatSync(join(root, path)).size);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const large = paths.find((_, i) => (sizes[i] as number) > LARGEST_FILE);
  if (large === undefined && paths.length <= MOST_SHOWN_FILES && bytes <= MOST_SHOWN_BYTES) return;
  const what = large === undefined ? '' : ` (${JSON.stringify(large)} among them)`;
  throw invalid(
    `The commit holds ${paths.length} files of ${mib(bytes)} MiB beside those of --source${what}; at most ${MOST_SHOWN_FILES} of ${mib(MOST_SHOWN_BYTES)} MiB, none above ${mib(LARGEST_FILE)} MiB, can be shown to --eval. Write a paceline.yaml that names those it needs under surface.include (paceline init).`,
    { count: paths.length, bytes },
  );
}

/** Calls of candidates copy what stands beside them, for each process that is started. */
export function refuseManyCopies(root: string, include: readonly string[]): void {
  const bytes = include.reduce((sum, path) => sum + lstatSync(join(root, path)).size, 0);
  if (include.length <= MOST_INCLUDED_FILES && bytes <= MOST_INCLUDED_BYTES) return;
  throw invalid(
    `The commit holds ${include.length} files of ${mib(bytes)} MiB beside those of surface.edit, and calls of candidates (safety.calls) copy them each time: at most ${MOST_INCLUDED_FILES} of ${mib(MOST_INCLUDED_BYTES)} MiB. Name those that the function needs under surface.include.`,
    { count: include.length, bytes },
  );
}

const mib = (bytes: number): number => Math.ceil(bytes / 2 ** 20);

/**
 * Links are matched as if they were files and never followed, so that whoever reads them can refuse
 * them: passed by, a file that the pattern plainly names would be missing without a word.
 */
function glob(cwd: string, pattern: string, ignore = SKIPPED): readonly string[] {
  const rest = { dot: true, expandDirectories: false, followSymbolicLinks: false };
  return globSync(pattern, { cwd, ignore, ...rest, fs: LINKS_AS_FILES });
}

const LINKS_AS_FILES = {
  readdirSync: ((path: string, options: { withFileTypes: true }) =>
    readdirSync(path, options).map((entry) =>
      entry.isSymbolicLink()
        ? Object.assign(entry, { isFile: () => true, isSymbolicLink: () => false })
        : entry,
    )) as typeof readdirSync,
};

function refuseOverlap(
  path: string,
  { key, entries }: { readonly key: string; readonly entries: readonly string[] },
): void {
  if (!entries.some((entry) => path === entry || path.startsWith(`${entry}/`))) return;
  throw invalid(
    `${path} is editable by surface.edit and read-only by ${key}. A file can only be one of them: narrow one of the two in paceline.yaml.`,
    { path, key },
  );
}

function refuseMany(key: string, count: number, most: number): void {
  if (count <= most) return;
  throw invalid(
    `${key} matches ${count} files; at most ${most} can be handled. Name the ones that matter.`,
    { key, count },
  );
}

function refuseLarge(key: string, bytes: number, most: number): void {
  if (bytes <= most) return;
  throw invalid(
    `The files of ${key} hold ${Math.ceil(bytes / 1024)} KiB together; at most ${most / 1024} KiB can be handled. Name the ones that matter.`,
    { key, bytes },
  );
}

/** @throws for what must not be read: links that leave, names nobody can print, no regular files. */
export function sizeOf(root: string, path: string, key: string): number {
  const shown = JSON.stringify(path);
  const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined) {
    throw invalid(
      `${key} matches ${shown}, whose name is not UTF-8. Rename the file or narrow ${key}.`,
      { key, path },
    );
  }
  if (!isPlainPath(path)) {
    throw invalid(
      `${key} matches ${shown}, whose name leaves the folder or cannot be printed. Rename it or narrow ${key}.`,
      { key, path },
    );
  }
  const real = targetOf(root, path, key);
  if (!real.startsWith(realpathSync(root) + sep)) {
    throw invalid(
      `${key} matches ${shown}, a link that leaves the folder of the task. Copy the file into it or narrow ${key}.`,
      { key, path },
    );
  }
  if (key === 'surface.edit' && real !== join(realpathSync(root), path)) {
    const what = stat.isSymbolicLink() ? 'a symbolic link' : 'which lies beyond a symbolic link';
    throw invalid(`${key} matches ${shown}, ${what}. Name the file it points at.`, {
      key,
      path,
    });
  }
  const target = statSync(real);
  if (target.isFile()) return target.size;
  throw invalid(
    `${key} matches ${shown}, which is neither a file nor a link to one. Name the files themselves.`,
    { key, path },
  );
}

function targetOf(root: string, path: string, key: string): string {
  try {
    return realpathSync(join(root, path));
  } catch {
    throw invalid(
      `${key} matches ${JSON.stringify(path)}, a link to nothing that can be read. Remove it or narrow ${key}.`,
      { key, path },
    );
  }
}

/** @throws PacelineError SURFACE_INVALID for bytes that are no UTF-8 text. */
export function readText(root: string, path: string, key: string): string {
  const bytes = readFileSync(join(root, path));
  const shown = JSON.stringify(path);
  if (bytes.includes(0)) {
    throw invalid(`${key} matches ${shown}, which is binary. Name text files only.`, { path });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid(
      `${key} matches ${shown}, which is not UTF-8. Convert it (iconv -f LATIN1 -t UTF-8) or leave it out: its bytes could not be written back as they were.`,
      { path },
    );
  }
}

function invalid(message: string, data: Readonly<Record<string, string | number>>): PacelineError {
  return new PacelineError('SURFACE_INVALID', message, data);
}
