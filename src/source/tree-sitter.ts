/** Languages that tree-sitter parses. The parser is WebAssembly, which somebody else has loaded. */
import { PacelineError } from '../core/errors.ts';
import type { Anatomy } from './grammar/anatomy.ts';
import { grammarVariations } from './grammar/variations.ts';
import type { Language } from './language.ts';
import { memoised } from './memo.ts';
import { anatomyOf } from './tree-sitter/anatomy.ts';
import { type ForeignNode, fieldOf, type Node, nodeOf } from './tree-sitter/node.ts';
import { normalForm } from './tree-sitter/normal-form.ts';
import type { Shape } from './tree-sitter/shape.ts';

export interface TreeSitter {
  readonly shape: Shape;
  /** Parses, hands the root to `read`, and frees the tree. */
  readonly parse: <T>(text: string, read: (root: ForeignNode) => T) => T;
}

const MAX_LENGTH = 1_000_000;

export function treeSitterLanguage({ shape, parse }: TreeSitter): Language {
  const rooted = memoised((text): Node | string => {
    if (text.length > MAX_LENGTH) return `The text is longer than ${MAX_LENGTH} characters.`;
    const root = parse(text, nodeOf);
    if (typeof root !== 'number') return root;
    return `Line ${text.slice(0, root).split('\n').length}: this is not ${shape.name}.`;
  });
  const rootOf = (text: string): Node => {
    const root = rooted(text);
    if (typeof root !== 'string') return root;
    const { name } = shape;
    throw new PacelineError('SOURCE_UNSUPPORTED', `${root} Correct the source.`, {
      language: name,
    });
  };
  const anatomy = memoised((text): Anatomy | undefined => {
    const root = rooted(text);
    return typeof root === 'string' ? undefined : anatomyOf(text, root, shape);
  });
  return {
    name: shape.name,
    variations: grammarVariations({ style: shape.style, anatomy }),
    complaint(text) {
      const root = rooted(text);
      return typeof root === 'string' ? root : undefined;
    },
    normalise: memoised((text) => normalForm(text, rootOf(text), shape)),
    size: (text) => sizeOf(rootOf(text)),
    imports: (text) => importsOf(text, rootOf(text)),
    constants: (text) => anatomy(text)?.constants ?? [],
  };
}

function sizeOf({ named, children }: Node): number {
  return children.reduce((sum, child) => sum + sizeOf(child), named ? 1 : 0);
}

const IMPORTING =
  /^(?:import_statement|import_from_statement|import_spec|import_declaration|use_declaration|preproc_include)$/;

function importsOf(text: string, root: Node): readonly string[] {
  const found = new Set<string>();
  const word = ({ start, end }: Node): string => text.slice(start, end).replace(/^["<]|[">]$/g, '');
  const visit = (node: Node): void => {
    if (IMPORTING.test(node.kind) && !node.children.some(({ kind }) => /import_spec/.test(kind))) {
      const module = fieldOf(node, 'module_name') ?? fieldOf(node, 'path');
      const named = module ? [module] : node.children.filter((child) => child.named);
      for (const one of named) found.add(word(fieldOf(one, 'name') ?? one));
      return;
    }
    node.children.forEach(visit);
  };
  visit(root);
  return [...found].sort();
}
