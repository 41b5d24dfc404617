import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PacelineError } from '../core/errors.ts';

/** Folders below `examples/` that `init` can copy, and what each is. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  'bin-packing': 'an online heuristic searched in a closed language, beside published results',
  tsp: 'a constructive heuristic in real TypeScript, rewritten by syntax-tree operators',
  'sort-kernel': 'a merge sort in TypeScript made faster under property tests, timed honestly',
  'python-evaluate': 'an OpenEvolve folder, unmodified: evaluate(program_path) and an EVOLVE-BLOCK',
  'circle-packing': '26 and 32 circles by local search, beside published results, judged exactly',
  heilbronn: '11 points in a triangle by local search, judged in exact arithmetic',
  'by-example': 'a function from input/output examples, found in a language that grows',
  hostile: 'cheats as proposals: what a jail stops, and what only a gate can',
  minimal: 'twenty lines: a source file, an evaluator, a hand-written candidate',
};

/** Only of use in the repository: tests of the example, types for them, and what a run left behind. */
const NOT_COPIED = /\.test\.ts$|\.d\.mts$|(^|\/)\.paceline(\/|$)|(^|\/)node_modules(\/|$)/;

/** The folder of the installed package, found from this file upwards. */
export function packageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'paceline')
      return folder;
    if (dirname(folder) === folder)
      throw new PacelineError(
        'INTERNAL',
        'The package folder of paceline was not found. Reinstall it.',
      );
  }
}

/** @throws PacelineError `USAGE` for an unknown example, `WORKSPACE` when the folder is in use. */
export function copyExample(name: string, directory: string): string {
  if (!Object.hasOwn(EXAMPLES, name)) {
    throw new PacelineError(
      'USAGE',
      `There is no example "${name}". Choose one of: ${Object.keys(EXAMPLES).join(', ')}.`,
      { name },
    );
  }
  const target = resolve(directory);
  if (existsSync(target) && !(statSync(target).isDirectory() && readdirSync(target).length === 0)) {
    throw new PacelineError(
      'WORKSPACE',
      `${target} exists and is not an empty folder. Name another folder: paceline init DIRECTORY --example ${name}.`,
      { target },
    );
  }
  const source = join(packageRoot(), 'examples', name);
  const isCopied = (path: string): boolean =>
    !NOT_COPIED.test(path.slice(source.length).split(sep).join('/'));
  try {
    cpSync(source, target, { recursive: true, filter: isCopied });
  } catch (cause) {
    throw new PacelineError(
      'WORKSPACE',
      `${target} cannot be written: ${(cause as Error).message}.`,
      { target },
      { cause },
    );
  }
  return target;
}
