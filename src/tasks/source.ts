/** Code as it lies in the task's folder: one or many files of any language, kept as text. */
import { PacelineError } from '../core/errors.ts';
import {
  decodeProgram,
  editableSpans,
  encodeProgram,
  type Program,
  refusedChange,
} from '../source/program.ts';
import { programDiff } from '../source/unified-diff.ts';
import type { Files, TaskKind } from './contract.ts';

/** One unaudited promotion of code is the unit of audit debt. */
const CODE_DEBT = 1;

/**
 * The task kind `code` without a closed language. `origin` holds every editable file: a candidate has
 * the same files and differs from it inside the editable spans only.
 *
 * @throws PacelineError PROGRAM_INVALID for an origin whose markers do not pair. Its methods throw it
 *   for a text that is no candidate.
 */
export function sourceTask({ origin }: { readonly origin: Files }): TaskKind {
  const program: Program = decodeProgram(encodeProgram({ files: origin }));
  for (const [path, text] of Object.entries(program.files)) checkMarkers(path, text);
  const checked = (text: string): Files => {
    const changed = decodeProgram(text);
    const why = refusedChange(program, changed);
    if (why === undefined) return changed.files;
    throw new PacelineError('PROGRAM_INVALID', `The candidate may not be run. ${why}`);
  };
  return {
    name: 'code',
    debtWeight: CODE_DEBT,
    fromFiles: (files) => encodeProgram({ files }),
    toFiles: (text) => decodeProgram(text).files,
    materialise: checked,
    normalise: (text) => text,
    diff: (from, to) => programDiff(decodeProgram(from), decodeProgram(to)),
    size: (text) => MEASURES.lines(textsOf(text)),
    measures: Object.keys(MEASURES),
    measure(text, names) {
      const texts = textsOf(text);
      return names.map((name) =>
        Object.hasOwn(MEASURES, name) ? MEASURES[name as keyof typeof MEASURES](texts) : Number.NaN,
      );
    },
  };
}

const MEASURES = {
  lines: (texts: readonly string[]): number =>
    texts.reduce((sum, text) => sum + text.split('\n').length, 0),
  characters: (texts: readonly string[]): number =>
    texts.reduce((sum, text) => sum + text.length, 0),
} as const;

function textsOf(text: string): readonly string[] {
  return Object.values(decodeProgram(text).files);
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
