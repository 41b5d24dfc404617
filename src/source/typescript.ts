/** TypeScript and JavaScript, through oxc: its parser, its code generator, and variations of trees. */
import { transformSync } from 'oxc-transform';
import { PacelineError } from '../core/errors.ts';
import type { Anatomy, Style } from './grammar/anatomy.ts';
import { grammarVariations, preservingOf, variationOf } from './grammar/variations.ts';
import type { Language } from './language.ts';
import { memoised } from './memo.ts';
import { anatomyOf } from './typescript/anatomy.ts';
import { arithmeticOf } from './typescript/arithmetic.ts';
import { branchlessOf } from './typescript/branchless.ts';
import { type Ast, childrenOf, type Dialect, type Parsed, parse } from './typescript/tree.ts';
import { unrollingOf } from './typescript/unrolling.ts';

const STYLE: Style = {
  families: [
    ['<', '<=', '>', '>='],
    ['===', '!=='],
    ['==', '!='],
    ['+', '-', '*', '/'],
    ['&&', '||'],
    ['=', '+=', '-=', '*='],
    ['&', '|', '^'],
    ['<<', '>>', '>>>'],
  ],
  negate: (test) => `!(${test})`,
  choice: (test, yes, no) => `(${test} ? ${yes} : ${no})`,
  guard: (test, statement, indent) =>
    `if (${test}) {\n${indent}  ${statement.replaceAll('\n', '\n  ')}\n${indent}}`,
  breakIf: (test) => `if (${test}) break;`,
  step: (name, by) => `${name} += ${by}`,
  nothing: '',
};

function languageIn(lang: Dialect): Language {
  const parsed = memoised((text) => parse(text, lang));
  const surveyed = memoised((text): Anatomy | string => {
    const tree = parsed(text);
    return typeof tree === 'string' ? tree : anatomyOf(text, tree.program);
  });
  const refused = (complaint: string): never => {
    throw new PacelineError('SOURCE_UNSUPPORTED', `${complaint} Correct the source.`, { lang });
  };
  const anatomy = (text: string): Anatomy | undefined => {
    const found = surveyed(text);
    return typeof found === 'string' ? undefined : found;
  };
  const treeOf = (text: string): Parsed => {
    const tree = parsed(text);
    return typeof tree === 'string' ? refused(tree) : tree;
  };
  const grammar = { style: STYLE, anatomy };
  const isTyped = lang === 'ts' || lang === 'tsx';
  const programOf = (text: string): Ast => treeOf(text).program;
  const arithmetic = arithmeticOf(programOf);
  const unrolling = unrollingOf(programOf);
  const branchless = branchlessOf(programOf, isTyped);
  return {
    name: isTyped ? 'typescript' : 'javascript',
    variations: [
      ...grammarVariations(grammar),
      variationOf('arithmetic', grammar, arithmetic),
      preservingOf('unroll', grammar, { change: unrolling }),
      preservingOf('branchless', grammar, { change: branchless, globals: ['Float64Array'] }),
    ],
    complaint(text) {
      const found = surveyed(text);
      return typeof found === 'string' ? found : undefined;
    },
    normalise: memoised((text) => normalised(text, treeOf(text), lang)),
    size(text) {
      const found = surveyed(text);
      return typeof found === 'string' ? refused(found) : found.size;
    },
    imports: (text) => importsOf(treeOf(text).program),
    constants: (text) => anatomy(text)?.constants ?? [],
  };
}

/** By file extension. */
export const SCRIPTS: ReadonlyMap<string, Language> = new Map<string, Language>(
  (
    [
      ['ts', 'ts'],
      ['mts', 'ts'],
      ['cts', 'ts'],
      ['tsx', 'tsx'],
      ['js', 'js'],
      ['mjs', 'js'],
      ['cjs', 'js'],
      ['jsx', 'jsx'],
    ] as const
  ).map(([extension, lang]) => [extension, languageIn(lang)]),
);

/** What runs, as oxc prints it: no types, no comments, one layout, one way to write a literal. */
function normalised(text: string, { comments }: Parsed, lang: Dialect): string {
  let bare = text;
  for (const { start, end } of comments) {
    const blank = bare.slice(start, end).replace(/[^\n]/g, ' ');
    bare = bare.slice(0, start) + blank + bare.slice(end);
  }
  const { code, errors } = transformSync(`program.${lang}`, bare, {
    lang,
    jsx: 'preserve',
    typescript: { onlyRemoveTypeImports: true },
  });
  const [error] = errors;
  if (error === undefined) return code.replaceAll('/* @__PURE__ */ ', '');
  throw new PacelineError('SOURCE_UNSUPPORTED', `${error.message}. Correct the source.`, { lang });
}

/** Static and dynamic imports, `require` and re-exports; what is imported by a computed name is `*`. */
function importsOf(program: Ast): readonly string[] {
  const found = new Set<string>();
  const visit = (node: Ast): void => {
    const isImport = node.type === 'ImportExpression' || /^(?:Import|Export)/.test(node.type);
    if (isImport && node.source) found.add(nameOf(node.source as Ast));
    const callee = node.callee as Ast | undefined;
    if (node.type === 'CallExpression' && callee?.name === 'require') {
      found.add(nameOf((node.arguments as readonly Ast[])[0]));
    }
    for (const { node: child } of childrenOf(node)) visit(child);
  };
  visit(program);
  return [...found].sort();
}

function nameOf(source: Ast | undefined): string {
  return source?.type === 'Literal' ? String(source.value) : '*';
}
