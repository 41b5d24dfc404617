/** Parsers of other languages than TypeScript, when the optional package with them is installed. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Language } from '../source/language.ts';
import { extensionOf, languageOf } from '../source/language-of.ts';
import { plain } from '../source/plain.ts';
import type { ForeignNode } from '../source/tree-sitter/node.ts';
import { SHAPES, type Shape } from '../source/tree-sitter/shape.ts';
import { treeSitterLanguage } from '../source/tree-sitter.ts';

/** Optional: 22 MB, and a study of TypeScript needs none of it. */
const PACKAGE = '@vscode/tree-sitter-wasm';

interface Tree {
  readonly rootNode: ForeignNode;
  delete(): void;
}
interface Parser {
  setLanguage(language: object): void;
  parse(text: string): Tree | null;
}
interface Runtime {
  readonly Parser: { new (): Parser; init(): Promise<void> };
  readonly Language: { load(wasm: Uint8Array): Promise<object> };
}

export interface LoadedLanguages {
  /** By file extension. */
  readonly languages: ReadonlyMap<string, Language>;
  /** A sentence for the files, and one for each language, that are changed as plain lines. */
  readonly missing: readonly string[];
}

/** Loads what the files need and nothing else: a grammar is megabytes. */
export async function loadLanguages(paths: readonly string[]): Promise<LoadedLanguages> {
  const extensions = new Set(paths.map(extensionOf));
  const needed = SHAPES.filter((shape) => shape.extensions.some((one) => extensions.has(one)));
  const languages = new Map<string, Language>();
  const plainOnes = paths.filter(
    (path) => languageOf(path) === plain && !isKnown(extensionOf(path)),
  );
  const unknown = plainOnes.length === 0 ? [] : [unparsed(plainOnes)];
  if (needed.length === 0) return { languages, missing: unknown };
  const main = installedAt();
  if (main === undefined) return { languages, missing: [...unknown, ...needed.map(missing)] };
  const runtime = createRequire(import.meta.url)(main) as Runtime;
  await runtime.Parser.init();
  for (const shape of needed) {
    const language = await loadShape(runtime, dirname(main), shape);
    for (const extension of shape.extensions) languages.set(extension, language);
  }
  return { languages, missing: unknown };
}

function isKnown(extension: string): boolean {
  return SHAPES.some(({ extensions }) => extensions.includes(extension));
}

/** Files named; of more it is said that there are more. */
const NAMED = 3;

function unparsed(paths: readonly string[]): string {
  const more = paths.length > NAMED ? ` and ${paths.length - NAMED} more` : '';
  const names = paths.slice(0, NAMED).map((path) => JSON.stringify(path));
  const what = paths.length === 1 ? 'it is changed' : 'they are changed';
  return `No parser here reads ${names.join(', ')}${more}: ${what} line by line, and only the evaluator will tell whether a change was sound.`;
}

function installedAt(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(PACKAGE);
  } catch {
    return undefined;
  }
}

function missing({ name }: Shape): string {
  return `No parser for ${name} is installed, so its files are changed line by line (language: plain). Run npm install ${PACKAGE} for changes of the syntax tree.`;
}

async function loadShape(runtime: Runtime, folder: string, shape: Shape): Promise<Language> {
  const file = join(folder, `tree-sitter-${shape.grammar}.wasm`);
  if (!existsSync(file)) throw new Error(`${PACKAGE} has no ${file}`);
  const parser = new runtime.Parser();
  parser.setLanguage(await runtime.Language.load(readFileSync(file)));
  return treeSitterLanguage({
    shape,
    parse(text, read) {
      const tree = parser.parse(text);
      if (tree === null) throw new Error(`${shape.name}: the parser gave no tree`);
      try {
        return read(tree.rootNode);
      } finally {
        tree.delete();
      }
    },
  });
}
