/** A candidate that a person wrote, from the files in which they wrote it. */
import { statSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import type { Metric } from '../claims/orient.ts';
import { PacelineError } from '../core/errors.ts';
import { decodeProgram } from '../source/program.ts';
import type { Files } from '../tasks/contract.ts';
import { loadLanguages } from './load-languages.ts';
import { type StudyPlace, withLedger } from './read-ledger.ts';
import { refuseUnparsed } from './read-written.ts';
import { recordedConfig } from './recorded-config.ts';
import { findCandidate } from './show-candidate.ts';
import { filesBelow, readText, sizeOf } from './surface.ts';
import { recordedKindOf } from './task-kind.ts';

/** What whoever writes a candidate has before them. */
export interface Base {
  readonly incumbent: string;
  readonly metric: Metric;
  /** The incumbent's editable files, and the origin's, text by path. */
  readonly files: Files;
  readonly originFiles: Files;
  /**
   * Canonical text of a candidate with these files in the place of the incumbent's.
   * @throws PacelineError `USAGE` for a file that no candidate has, and whatever the task kind says of
   *   one that may not be run.
   */
  candidateOf(own: Files): Promise<string>;
}

export async function incumbentOf({ root, id }: StudyPlace): Promise<Base> {
  const config = recordedConfig(root, id);
  const found = await withLedger({ root, id }, (ledger) => findCandidate(ledger, id, 'incumbent'));
  const { originText, metric } = found.opened.body;
  const kind = recordedKindOf(config, originText);
  const files = kind.toFiles(found.text);
  return {
    incumbent: found.id,
    metric,
    files,
    originFiles: kind.toFiles(originText),
    async candidateOf(own) {
      const editable = Object.keys(files);
      const foreign = Object.keys(own).find((path) => !Object.hasOwn(files, path));
      if (foreign !== undefined) throw outside(foreign, editable);
      const written = kind.fromFiles({ ...files, ...own });
      kind.materialise(written);
      if (config.language === undefined) await refuseForeign(written);
      return written;
    },
  };
}

export interface HandWritten extends StudyPlace {
  /** Files, or folders that hold files under their own paths; from `root`, or absolute. */
  readonly path: string | readonly string[];
}

/**
 * Its canonical text. Files that it leaves out are the incumbent's, as it is now.
 * @throws PacelineError `USAGE` for a path or file that no candidate has, and whatever the task kind
 *   says of one that may not be run.
 */
export async function readHandWritten({ root, id, path }: HandWritten): Promise<string> {
  const base = await incumbentOf({ root, id });
  const editable = Object.keys(base.files);
  const paths = typeof path === 'string' ? [path] : path;
  const own = paths.map((one) => filesOf(resolve(root, one), editable));
  try {
    return await base.candidateOf(Object.assign({}, ...own) as Files);
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    const { code, message, data } = error;
    throw new PacelineError(code, `${paths.join(', ')}: ${message}`, data, { cause: error });
  }
}

/** The engine reads it again: this says so before it is left there. */
async function refuseForeign(text: string): Promise<void> {
  const program = decodeProgram(text);
  const { languages } = await loadLanguages(Object.keys(program.files));
  refuseUnparsed(program, languages);
}

function filesOf(path: string, editable: readonly string[]): Files {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return filesIn(path, editable);
  if (stat?.isFile()) return { [nameOf(path, editable)]: textOf(dirname(path), basename(path)) };
  throw new PacelineError(
    'USAGE',
    `There is no file or folder ${path}. Name the file you wrote, or a folder with files under their own paths.`,
    { path },
  );
}

function filesIn(folder: string, editable: readonly string[]): Files {
  const paths = filesBelow(folder);
  const foreign = paths.find((path) => !editable.includes(path));
  if (foreign !== undefined) throw outside(foreign, editable);
  if (paths.length > 0)
    return Object.fromEntries(paths.map((path) => [path, textOf(folder, path)]));
  throw new PacelineError(
    'USAGE',
    `${folder} holds no file. Put into it what the candidate changes, under its own path: ${editable.join(', ')}.`,
    { folder },
  );
}

/** Which of the editable files a single file is meant to be: the only one, or the one of its name. */
function nameOf(path: string, editable: readonly string[]): string {
  const [only, ...others] = editable;
  if (only !== undefined && others.length === 0) return only;
  const [named, ...more] = editable.filter((one) => basename(one) === basename(path));
  if (named !== undefined && more.length === 0) return named;
  throw outside(relative('', path), editable);
}

function textOf(folder: string, path: string): string {
  sizeOf(folder, path, 'The candidate');
  return readText(folder, path, 'The candidate');
}

function outside(path: string, editable: readonly string[]): PacelineError {
  return new PacelineError(
    'USAGE',
    `${path} is not one of the files that a candidate of this study may hold: ${editable.join(', ')}. Leave it out, or put what you changed into a folder, under these paths.`,
    { path, editable: [...editable] },
  );
}
