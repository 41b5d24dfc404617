/** Code as forests of the closed language: people read TypeScript, the engine keeps canonical text. */
import { transformSync } from 'oxc-transform';
import { PacelineError } from '../core/errors.ts';
import { decodeForest, encodeForest } from '../lang/codec.ts';
import { nodeCount } from '../lang/forest.ts';
import { parseTypeScript } from '../lang/parse.ts';
import { printTypeScript } from '../lang/print.ts';
import type { Vocabulary } from '../lang/vocabulary.ts';
import type { TaskKind } from './contract.ts';

export interface ForestTaskOptions {
  readonly vocabulary: Vocabulary;
  /** Name of the source file in the candidate folder, for example `priority.ts`. */
  readonly file: string;
}

/** One unaudited promotion of code is the unit of audit debt. */
const CODE_DEBT = 1;

const TYPESCRIPT_FILE = /^[\w-]+\.ts$/;

/**
 * The task kind `code`. An evaluator finds the source under `file` and, beside it, the same module
 * with its types stripped as `.mjs`, which every Node can import.
 *
 * @throws PacelineError CONFIG_INVALID when `file` is not a plain `.ts` file name. Its methods throw
 *   SOURCE_UNSUPPORTED or FOREST_INVALID for sources or texts that are not of the closed language.
 */
export function forestTask({ vocabulary, file }: ForestTaskOptions): TaskKind {
  if (!TYPESCRIPT_FILE.test(file)) {
    throw new PacelineError(
      'CONFIG_INVALID',
      `The candidate file ${JSON.stringify(file)} is not a plain TypeScript file name. Use something like priority.ts, without folders.`,
      { file },
    );
  }
  const module = file.replace(/\.ts$/, '.mjs');
  const toSource = (text: string): string =>
    printTypeScript(decodeForest(text, vocabulary), vocabulary);
  return {
    name: 'code',
    debtWeight: CODE_DEBT,
    fromSource: (source) => encodeForest(parseTypeScript(source, vocabulary)),
    toSource,
    materialise(text) {
      const source = toSource(text);
      return { [file]: source, [module]: stripTypes(file, source) };
    },
    size: (text) => nodeCount(decodeForest(text, vocabulary)),
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
