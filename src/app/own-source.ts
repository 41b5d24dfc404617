/**
 * A study of Paceline's own source may change what proposes and computes, and nothing that decides, measures, records
 * or pays: a loop that could edit its judge would be believed for it. A list of what may change, not of what may not: a folder
 * that somebody adds is closed until it is named here.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { PacelineError } from '../core/errors.ts';

/** Beginnings of paths. What a judge calls too (the readers and doors of candidates, faults that are planted) is not among them. */
const IMPROVABLE = [
  'examples/',
  'src/archives/',
  'src/improver/',
  'src/lang/generate.ts',
  'src/lang/interpret.ts',
  'src/lang/kernels.ts',
  'src/lang/operators.ts',
  'src/optim/',
  'src/proposers/cma-es',
  'src/proposers/genetic',
  'src/proposers/local-search',
  'src/synthesis/',
] as const;
/** Folders at the top that are Paceline's own; another one is of whoever made it, such as a study begun inside a clone. */
const OWN: ReadonlySet<string> = new Set(
  'src test bench corpus docs examples schema api dist node_modules .built .ci .git .github .mutation'.split(
    ' ',
  ),
);
/** What others rely on, and what says whether they may. */
const CLOSED = /\/contract\.ts$|\.test\.ts$/;

/** @throws PacelineError SURFACE_INVALID for an editable file of Paceline that is outside of it. */
export function refuseOwnJudges(root: string, edit: readonly string[]): void {
  for (const path of edit) {
    const place = placeInPaceline(join(root, path));
    if (place === undefined || isImprovable(place)) continue;
    throw new PacelineError(
      'SURFACE_INVALID',
      `surface.edit names ${path}: a study may not change what decides, measures, records or pays in Paceline itself. Narrow it to what may be improved: ${IMPROVABLE.join(', ')}.`,
      { path },
    );
  }
}

/** The path below the package's folder; undefined for a file of anybody else. */
function placeInPaceline(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const place = relative(folder, file).split(sep).join('/');
      return nameIn(manifest) === 'paceline' && isOwn(place) ? place : undefined;
    }
    if (dirname(folder) === folder) return undefined;
  }
}

function isOwn(place: string): boolean {
  const [top = '', ...below] = place.split('/');
  return below.length === 0 || OWN.has(top);
}

function nameIn(manifest: string): unknown {
  try {
    return JSON.parse(readFileSync(manifest, 'utf8'))?.name;
  } catch {
    return undefined;
  }
}

function isImprovable(place: string): boolean {
  return IMPROVABLE.some((start) => place.startsWith(start)) && !CLOSED.test(place);
}
