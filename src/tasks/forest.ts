/** Code as forests of the closed language: people read TypeScript, the engine keeps canonical text. */
import { transformSync } from 'oxc-transform';
import { PacelineError } from '../core/errors.ts';
import type { Situations } from '../lang/behaviour.ts';
import { decodeForest, encodeForest } from '../lang/codec.ts';
import { nodeCount } from '../lang/forest.ts';
import { forestMeasures } from '../lang/measures.ts';
import { parseTypeScript } from '../lang/parse.ts';
import { printTypeScript } from '../lang/print.ts';
import type { Vocabulary } from '../lang/vocabulary.ts';
import { programDiff } from '../source/unified-diff.ts';
import { forestChanges } from './changes/forest.ts';
import type { TaskKind } from './contract.ts';

export interface ForestTaskOptions {
  readonly vocabulary: Vocabulary;
  /** Path of the source file in the task's folder, for example `origin/priority.ts`. */
  readonly path: string;
  /** Recorded situations of the task, for measures of what a forest prefers in them. */
  readonly situations?: Situations | undefined;
}

/** One unaudited promotion of code is the unit of audit debt. */
const CODE_DEBT = 1;

const TYPESCRIPT_FILE = /^(?:[^/]+\/)*(?<file>[\w-]+\.ts)$/;

/**
 * The task kind `code`. An evaluator finds the source under its file's own name, without folders,
 * and beside it the same module with its types stripped as `.mjs`, which every Node can import.
 *
 * @throws PacelineError CONFIG_INVALID when `path` does not end in a plain `.ts` file name. Its methods throw
 *   SOURCE_UNSUPPORTED or FOREST_INVALID for sources or texts that are not of the closed language.
 */
export function forestTask({ vocabulary, path, situations }: ForestTaskOptions): TaskKind {
  const file = TYPESCRIPT_FILE.exec(path)?.groups?.file;
  if (file === undefined) {
    throw new PacelineError(
      'CONFIG_INVALID',
      `The candidate file ${JSON.stringify(path)} is not a plain TypeScript file. Name it like origin/priority.ts.`,
      { path },
    );
  }
  const module = file.replace(/\.ts$/, '.mjs');
  const toSource = (text: string): string =>
    printTypeScript(decodeForest(text, vocabulary), vocabulary);
  const measures = forestMeasures(vocabulary, situations);
  return {
    name: 'code',
    debtWeight: CODE_DEBT,
    fromFiles: (files) => encodeForest(parseTypeScript(files[path] ?? '', vocabulary)),
    toFiles: (text) => ({ [path]: toSource(text) }),
    materialise(text) {
      const source = toSource(text);
      return { [file]: source, [module]: stripTypes(file, source) };
    },
    // The codec is canonical already: one forest, one text.
    normalise: (text) => text,
    diff: (from, to) =>
      programDiff({ files: { [path]: toSource(from) } }, { files: { [path]: toSource(to) } }),
    // The language has no words for anything beyond arithmetic.
    scope: () => [],
    changes: forestChanges(vocabulary),
    size: (text) => nodeCount(decodeForest(text, vocabulary)),
    measures: [...measures.keys()],
    measure(text, names) {
      const forest = decodeForest(text, vocabulary);
      return names.map((name) => measures.get(name)?.(forest) ?? Number.NaN);
    },
  };
}

function stripTypes(file: string, source: string): string {
  const { code, errors } = transformSync(file, source);
  const [first] = errors;
  if (first === undefined) return code;
  throw new PacelineError(
    'INTERNAL',
    `The printed source of a candidate could not be compiled: ${first.message}. Please report this with the candidate's text.`,
    { file },
  );
}
