/** Code as it lies in the task's folder: one or many files of any language, kept as text. */
import { PacelineError } from '../core/errors.ts';
import type { Language } from '../source/language.ts';
import { plain } from '../source/plain.ts';
import {
  decodeProgram,
  editableSpans,
  encodeProgram,
  type Program,
  refusedChange,
} from '../source/program.ts';
import { reachAdded, scopeAdded } from '../source/scope.ts';
import { programDiff } from '../source/unified-diff.ts';
import { isRunnable, sourceChanges } from './changes/source.ts';
import type { Files, TaskKind } from './contract.ts';

export interface SourceTaskOptions {
  /** Every editable file: a candidate has the same ones and differs inside their spans only. */
  readonly origin: Files;
  readonly languageOf: (path: string) => Language;
  /** Text of all files of a candidate; absent, what the origin leaves room for. */
  readonly limitBytes?: number | undefined;
}

/**
 * Room to grow: a candidate lies in the ledger whole, so one that doubles again and again would fill
 * the disk long before it fails. Small origins need more than their double.
 */
const GROWTH = 2;
const LEAST_ROOM_BYTES = 64 * 1024;

/** One unaudited promotion of code is the unit of audit debt. */
const CODE_DEBT = 1;

/**
 * The task kind `code` without a closed language.
 *
 * @throws PacelineError PROGRAM_INVALID for an origin whose markers do not pair. Its methods throw it
 *   for a text that is no candidate.
 */
export function sourceTask({ origin, languageOf, limitBytes }: SourceTaskOptions): TaskKind {
  const program = decodeProgram(encodeProgram({ files: origin }));
  for (const [path, text] of Object.entries(program.files)) checkMarkers(path, text);
  const originBytes = bytesOf(program);
  const limit = limitBytes ?? Math.max(GROWTH * originBytes, originBytes + LEAST_ROOM_BYTES);
  const sizeOf = (text: string): number =>
    sum(decodeProgram(text), (path, file) => readerOf(languageOf(path), file).size(file));
  const measures = new Map<string, (text: string) => number>([
    ['size', sizeOf],
    ['lines', (text) => sum(decodeProgram(text), (_path, file) => file.split('\n').length)],
    ['characters', (text) => sum(decodeProgram(text), (_path, file) => file.length)],
  ]);
  const materialise = (text: string): Files => {
    const changed = decodeProgram(text);
    const why = refusedChange(program, changed) ?? tooLarge(changed, limit);
    if (why === undefined) return changed.files;
    throw new PacelineError('PROGRAM_INVALID', `The candidate may not be run. ${why}`);
  };
  return {
    name: 'code',
    debtWeight: CODE_DEBT,
    fromFiles: (files) => encodeProgram({ files }),
    toFiles: (text) => decodeProgram(text).files,
    materialise,
    changes: sourceChanges(isRunnable(materialise)),
    normalise(text) {
      const files = Object.entries(decodeProgram(text).files).map(
        ([path, file]) => [path, readerOf(languageOf(path), file).normalise(file)] as const,
      );
      return encodeProgram({ files: Object.fromEntries(files) });
    },
    diff: (from, to) => programDiff(decodeProgram(from), decodeProgram(to)),
    scope: (from, to) => scopeAdded(decodeProgram(from), decodeProgram(to), languageOf),
    reach: (from, to) => reachAdded(decodeProgram(from), decodeProgram(to), languageOf),
    size: sizeOf,
    measures: [...measures.keys()],
    measure: (text, names) => names.map((name) => measures.get(name)?.(text) ?? Number.NaN),
  };
}

/** A text that is not of its language is still text: the evaluator will say what is wrong with it. */
function readerOf(language: Language, file: string): Language {
  return language.complaint(file) === undefined ? language : plain;
}

function bytesOf(program: Program): number {
  return sum(program, (_path, file) => Buffer.byteLength(file));
}

function tooLarge(program: Program, limit: number): string | undefined {
  const bytes = bytesOf(program);
  if (bytes <= limit) return undefined;
  return `Its files hold ${bytes} bytes of text, more than the ${limit} of surface.limit.`;
}

function sum({ files }: Program, of: (path: string, file: string) => number): number {
  return Object.entries(files).reduce((total, [path, file]) => total + of(path, file), 0);
}

function checkMarkers(path: string, text: string): void {
  try {
    editableSpans(text);
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    throw new PacelineError(
      'PROGRAM_INVALID',
      `${path}: ${error.message} Pair the markers, each in a comment on a line of its own.`,
      { path },
      { cause: error },
    );
  }
}
