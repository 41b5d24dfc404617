/**
 * Looks at text before the native parser may, which a few kilobytes of nested brackets end with a
 * segmentation fault and 20 nested `a<(b=` keep busy for seconds (measured with oxc-parser 0.159,
 * see lang/source-guard.ts). It bounds what any recursive descent can meet: the tokens on the way
 * from the start of a statement, with closed brackets and list items forgotten.
 */

/** Longest text, in UTF-16 units (included). */
const MAX_LENGTH = 1_000_000;

/** Tokens on one path (included): people write fewer than 300. */
const MAX_PATH = 1_500;

/** Brackets around one place (included). */
const MAX_DEPTH = 200;

/** Of these, brackets that follow a `<`, each of which may be read twice: 2^n times in all. */
const MAX_DOUBTFUL = 6;

/** Quoted text and comments are one token; a wrong guess at a regular expression only costs tokens. */
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*|[()[\]{}]|[^\s()[\]{}\p{L}\p{N}"']+|["']/gsu;

/** Words that begin a statement and can stand in no expression. */
const BEGINS = new Set(['const', 'var', 'return', 'export', 'throw']);

/** Words with which a statement goes on; a word that follows a finished one begins another. */
const GOES_ON = new Set(
  'else catch finally while as satisfies in of instanceof extends is implements from'.split(' '),
);

/** Words after which another word belongs to the same expression, type or statement. */
const EXPECTS = new Set(
  (
    'new typeof void delete await yield async in of instanceof as satisfies is keyof infer unique ' +
    'readonly asserts extends implements else do case default return throw export import class ' +
    'function const let var if for while switch try static get set abstract declare type interface'
  ).split(' '),
);

const WORD = /^[\p{L}\p{N}_$"']/u;

interface Bracket {
  readonly floor: number;
  readonly length: number;
  readonly doubtful: number;
}

/** Why the parser must not see the text, or undefined. */
export function unreadable(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return `The text is longer than ${MAX_LENGTH} characters.`;
  const outer: Bracket[] = [];
  let path = { floor: 0, length: 0, doubtful: 0 };
  let before = '';
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (/^\/[/*]/.test(token)) continue;
    if ('([{'.includes(token)) {
      outer.push(path);
      const doubtful = path.doubtful + (before.endsWith('<') ? 1 : 0);
      path = { floor: path.length + 1, length: path.length + 1, doubtful };
    } else if (')]}'.includes(token)) {
      const back = outer.pop() ?? { floor: 0, length: 0, doubtful: 0 };
      path = { ...back, length: back.length + 1 };
    } else if (/[,;]/.test(token) || BEGINS.has(token) || ends(before, token)) {
      path.length = path.floor + 1;
    } else path.length += WORD.test(token) ? 1 : token.length;
    if (path.length > MAX_PATH || outer.length > MAX_DEPTH || path.doubtful > MAX_DOUBTFUL) {
      return `Line ${lineOf(text, index)} is nested too deeply to be parsed safely.`;
    }
    before = token;
  }
  return undefined;
}

/** Whether a word begins a statement: nothing that nests can stand between it and what came before. */
function ends(before: string, token: string): boolean {
  if (!WORD.test(token) || GOES_ON.has(token)) return false;
  return before === '}' || (WORD.test(before) && !EXPECTS.has(before));
}

export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
