/**
 * Looks at source text before the real parser may: a native recursive-descent parser that meets
 * 10,000 nested brackets overflows the machine stack and takes the whole process with it (measured
 * with oxc-parser 0.159: 20 kB of `(` end in a segmentation fault, no exception), and 100 bytes of
 * ambiguous type arguments can keep it busy for minutes. This scan is iterative. It admits only the tokens a printed program is made of and bounds how deep any parser
 * can have to go, whatever the grammar: the tokens on the way from the start of the statement, with
 * finished brackets and list items forgotten.
 */

import { PacelineError } from '../core/errors.ts';

/** Longest source, in UTF-16 units (included): a full forest with tables prints to far less. */
export const MAX_SOURCE_LENGTH = 524_288;

/**
 * Tokens on one path (included). A tree of 64 levels needs at most about 8 a level plus those of
 * finished neighbours; oxc-parser survives several thousand of the costliest kind.
 */
const MAX_PATH = 1_500;

const TOKEN =
  /(?<skip>\s+|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)|(?<word>[A-Za-z_$][\w$]*)|(?<number>(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\w$.])|(?<mark><=|[()[\]{},;:?+\-*=&|!./]|<(?!!))/y;

/** Words that could nest without a bracket, or say what the language cannot. */
const REFUSED: ReadonlySet<string> = new Set(
  (
    'if else for do switch case default try catch finally throw break continue class extends ' +
    'super this new typeof void delete in instanceof await async yield import var enum with ' +
    'debugger type namespace module declare abstract as satisfies keyof infer unique asserts'
  ).split(' '),
);

/** Declarations that stand at the top or nowhere: nested functions are the costliest to parse. */
const TOP_LEVEL: ReadonlySet<string> = new Set(['export', 'function', 'interface']);

/** What may stand before `[`: the name of a list to index or of its type, or a table's key. */
const BEFORE_INDEX = /[\w:]$/;

/** The refusal of a source, with the line (from 1) and the construct. */
export function unsupported(source: string, at: number, construct: string): PacelineError {
  const line = source.slice(0, at).split(/\r\n|[\n\r\u2028\u2029]/).length;
  return new PacelineError(
    'SOURCE_UNSUPPORTED',
    `Line ${line}: ${construct}. Use only what a printed program contains: exported functions of ` +
      'one returned expression, tables, and the known helpers unchanged.',
    { line, construct },
  );
}

const CLOSED_BY: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

interface Bracket {
  readonly open: string;
  readonly floor: number;
  readonly length: number;
}

/** Depth bookkeeping: `floor` is where a new list item or statement of this bracket starts. */
class Path {
  private floor = 0;
  private length = 0;
  private readonly outer: Bracket[] = [];

  /** True when every bracket has been closed. */
  get closed(): boolean {
    return this.outer.length === 0;
  }

  /** Takes one token; false when brackets do not match, or the path is too long or too winding. */
  take(token: string): boolean {
    if (TOP_LEVEL.has(token) && this.outer.length > 0) return false;
    // `a<(b=a<(b=…` and `a<({[a<({[…` are read twice at each step, 2^n times in all (measured).
    if ('={'.includes(token) && this.outer.some(({ open }) => open !== '{')) return false;
    if ('([{'.includes(token)) {
      this.outer.push({ open: token, floor: this.floor, length: this.length });
      this.floor = this.length + 1;
      this.length = this.floor;
    } else if (')]}'.includes(token)) {
      const back = this.outer.pop();
      if (back === undefined || CLOSED_BY[back.open] !== token) return false;
      this.floor = back.floor;
      this.length = back.length + 1;
    } else if (token === ',' || token === ';') {
      this.length = this.floor;
    } else if (token === 'export') {
      this.floor = 0;
      this.length = 0;
    } else {
      // A `<` may open a type argument list, whose commas do not end the nesting.
      if (token === '<' || token === '<=') this.floor++;
      this.length++;
    }
    return this.length <= MAX_PATH;
  }
}

/**
 * Refuses text no printed program could be, and text too deeply nested to parse safely.
 *
 * @throws PacelineError SOURCE_UNSUPPORTED.
 */
export function guardSource(source: string): void {
  if (source.length > MAX_SOURCE_LENGTH) {
    throw unsupported(source, 0, `the source is longer than ${MAX_SOURCE_LENGTH} units`);
  }
  const path = new Path();
  let before = '';
  TOKEN.lastIndex = 0;
  for (let at = 0; at < source.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(source)?.groups;
    if (groups === undefined) {
      throw unsupported(source, at, `${JSON.stringify(source[at])} is not part of the language`);
    }
    const token = groups.word ?? groups.number ?? groups.mark;
    if (token === undefined) continue;
    // Only the helpers divide, and by name: any other slash could open a regular expression.
    if (REFUSED.has(token) || (token === '/' && before !== 'n')) {
      throw unsupported(source, at, `"${token}" is not part of the language`);
    }
    if (!path.take(token) || (token === '[' && !BEFORE_INDEX.test(before))) {
      throw unsupported(source, at, `the nesting at "${token}" is too deep, unbalanced or unknown`);
    }
    before = token;
  }
  if (!path.closed) throw unsupported(source, source.length, 'a bracket is not closed');
}
