/**
 * Looks at text before the native parser may, which a few kilobytes of nested brackets end with a
 * segmentation fault and 20 nested `a<(b=` keep busy for seconds (measured with oxc-parser 0.159,
 * see lang/source-guard.ts). It bounds what any recursive descent can meet, in every reading of the
 * text (lexer.ts): the tokens on the way from the start of a statement, with closed brackets and
 * list items forgotten.
 */
import { type Counting, Lexer, type Reading } from './lexer.ts';
import { joined } from './readings.ts';

/** Longest text, in UTF-16 units (included). */
const MAX_LENGTH = 1_000_000;

/** Tokens on one path (included): people write fewer than 300. */
const MAX_PATH = 1_500;

/** Brackets around one place (included). */
const MAX_DEPTH = 200;

/** Of these, brackets that follow a `<`, each of which may be read twice: 2^n times in all. */
const MAX_DOUBTFUL = 6;

/** Signs that may open an element, in a file that may hold elements; it nests without a bracket. */
const MAX_ELEMENTS = 2_000;

/** Readings alive at one place (included), and characters looked at for one of the text. */
const MAX_READINGS = 64;
const MAX_LOOKED = 100;

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

const WORD = /^[\w$"'\u0080-\uffff]/;

interface Path {
  /** Where a new list item or statement of this bracket starts. */
  readonly floor: number;
  readonly length: number;
  readonly depth: number;
  readonly doubtful: number;
}

const COUNTING: Counting<Path> = {
  start: { floor: 0, length: 0, depth: 0, doubtful: 0 },
  take({ floor, length, depth, doubtful }, token, before) {
    const isNew = token === ',' || token === ';' || BEGINS.has(token) || ends(before, token);
    return { floor, length: (isNew ? floor : length) + 1, depth, doubtful };
  },
  open({ length, depth, doubtful }, before) {
    const inner = { floor: length + 1, length: length + 1, depth: depth + 1 };
    return { ...inner, doubtful: doubtful + (before === '<' ? 1 : 0) };
  },
  close: (back) => ({ ...back, length: back.length + 1 }),
  worse: (a, b) => ({
    floor: Math.max(a.floor, b.floor),
    length: Math.max(a.length, b.length),
    depth: Math.max(a.depth, b.depth),
    doubtful: Math.max(a.doubtful, b.doubtful),
  }),
};

/**
 * Why the parser must not see the text, or undefined.
 *
 * @param elements Whether the text may hold elements (JSX).
 */
export function unreadable(text: string, elements: boolean): string | undefined {
  if (text.length > MAX_LENGTH) return `The text is longer than ${MAX_LENGTH} characters.`;
  if (elements && (text.match(/</g)?.length ?? 0) > MAX_ELEMENTS) {
    return `The text holds more than ${MAX_ELEMENTS} elements: divide it among files.`;
  }
  const lexer = new Lexer(text, elements, COUNTING);
  let alive: readonly Reading<Path>[] = [
    {
      at: 0,
      mode: 'code',
      before: '',
      onNewLine: false,
      count: COUNTING.start,
      frame: undefined,
    },
  ];
  while (alive.length > 0) {
    const at = alive.reduce((least, reading) => Math.min(least, reading.at), text.length);
    if (at === text.length) return undefined;
    const next = stepped(alive, at, lexer);
    if (next.some(({ count }) => isTooDeep(count))) {
      return `Line ${lineOf(text, at)} is nested too deeply to be parsed safely.`;
    }
    alive = next.length > 1 ? joined(next, COUNTING) : next;
    if (alive.length > MAX_READINGS || lexer.looked > MAX_LOOKED * (text.length + 1_000)) {
      return `Line ${lineOf(text, at)} can be read in too many ways to be parsed safely: end lines after slashes and quotes, or divide the file.`;
    }
  }
  return undefined;
}

/** The readings that stand at this place, one token further. */
function stepped(
  alive: readonly Reading<Path>[],
  at: number,
  lexer: Lexer<Path>,
): readonly Reading<Path>[] {
  const [only] = alive;
  if (only !== undefined && alive.length === 1) return lexer.step(only);
  return alive.flatMap((one) => (one.at === at ? lexer.step(one) : [one]));
}

function isTooDeep({ length, depth, doubtful }: Path): boolean {
  return length > MAX_PATH || depth > MAX_DEPTH || doubtful > MAX_DOUBTFUL;
}

/** Whether a word begins a statement: nothing that nests can stand between it and what came before. */
function ends(before: string, token: string): boolean {
  if (!WORD.test(token) || GOES_ON.has(token)) return false;
  return before === '}' || (WORD.test(before) && !EXPECTS.has(before));
}

export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
