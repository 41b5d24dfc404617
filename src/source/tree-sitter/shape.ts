/** How a grammar of tree-sitter names what variations need, and how its language writes it. */
import type { Style } from '../grammar/anatomy.ts';

export interface Shape {
  readonly name: string;
  /** File extensions, without dot. */
  readonly extensions: readonly string[];
  /** Name of the grammar's file: `tree-sitter-NAME.wasm`. */
  readonly grammar: string;
  /** Kinds whose named children are statements. */
  readonly blocks: readonly string[];
  /** Whether blocks are told by indentation alone. */
  readonly indents: boolean;
  /**
   * How names come about. `by assigning`: writing to one declares it for its whole function. `in blocks`: a
   * declaration holds to the end of its block. `once a block`: the same, and no block has two of one name;
   * `once a function`: nor has a block inside it.
   */
  readonly naming: 'by assigning' | 'in blocks' | 'once a block' | 'once a function';
  readonly style: Style;
}

const FAMILIES = [
  ['<', '<=', '>', '>='],
  ['==', '!='],
  ['+', '-', '*', '/'],
  ['+=', '-=', '*='],
  ['&', '|', '^'],
] as const;

const braces = (test: string, statement: string, indent: string): string =>
  `if (${test}) {\n${indent}    ${statement.replaceAll('\n', '\n    ')}\n${indent}}`;

/** C and its relatives. */
const C: Style = {
  families: [...FAMILIES, ['&&', '||']],
  negate: (test) => `!(${test})`,
  choice: (test, yes, no) => `(${test} ? ${yes} : ${no})`,
  guard: braces,
  breakIf: (test) => `if (${test}) { break; }`,
  step: (name, by) => `${name} += ${by}`,
  nothing: '',
};

/** Branches without parentheses, and none that is an expression. */
const GO: Style = {
  ...C,
  choice: undefined,
  guard: (test, statement, indent) =>
    `if ${test} {\n${indent}\t${statement.replaceAll('\n', '\n\t')}\n${indent}}`,
  breakIf: (test, indent) => `if ${test} {\n${indent}\tbreak\n${indent}}`,
};

const RUST: Style = {
  ...GO,
  choice: (test, yes, no) => `(if ${test} { ${yes} } else { ${no} })`,
  breakIf: (test) => `if ${test} { break; }`,
};

const PYTHON: Style = {
  families: [...FAMILIES, ['and', 'or']],
  negate: (test) => `not (${test})`,
  choice: (test, yes, no) => `(${yes} if ${test} else ${no})`,
  guard: (test, statement, indent) =>
    `if ${test}:\n${indent}    ${statement.replaceAll('\n', '\n    ')}`,
  breakIf: (test, indent) => `if ${test}:\n${indent}    break`,
  step: undefined,
  nothing: 'pass',
};

export const SHAPES: readonly Shape[] = [
  {
    name: 'python',
    extensions: ['py'],
    grammar: 'python',
    blocks: ['module', 'block'],
    indents: true,
    naming: 'by assigning',
    style: PYTHON,
  },
  {
    name: 'go',
    extensions: ['go'],
    grammar: 'go',
    blocks: ['statement_list'],
    indents: false,
    naming: 'in blocks',
    style: GO,
  },
  {
    name: 'rust',
    extensions: ['rs'],
    grammar: 'rust',
    blocks: ['block'],
    indents: false,
    naming: 'in blocks',
    style: RUST,
  },
  {
    name: 'java',
    extensions: ['java'],
    grammar: 'java',
    blocks: ['block'],
    indents: false,
    naming: 'once a function',
    style: C,
  },
  {
    name: 'c++',
    extensions: ['cc', 'cpp', 'cxx', 'hpp', 'c', 'h'],
    grammar: 'cpp',
    blocks: ['compound_statement'],
    indents: false,
    naming: 'once a block',
    style: C,
  },
];
