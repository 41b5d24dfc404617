/**
 * Every way in which text of TypeScript or JavaScript can be cut into tokens. Where a slash divides
 * and where it opens a regular expression, what is a comment of a web page and what the text of an
 * element, depends on the grammar; instead of guessing, all readings are followed side by side. One
 * that ends in an unclosed quotation or a bracket of the wrong kind is given up, as the parser gives
 * up there; those that meet again are one.
 */

/** Open brackets, innermost first; shared between readings. */
export interface Frame<Count> {
  readonly opened: string;
  /** What was counted up to here, for when the bracket closes. */
  readonly count: Count;
  readonly outer: Frame<Count> | undefined;
}

export interface Reading<Count> {
  /** Offset of the next character, in UTF-16 units. */
  readonly at: number;
  readonly mode: 'code' | 'template' | 'element';
  /** The last token that is neither space nor comment, and whether a line has ended since. */
  readonly before: string;
  readonly onNewLine: boolean;
  readonly count: Count;
  readonly frame: Frame<Count> | undefined;
}

/** What the path through a text is measured by; pure. */
export interface Counting<Count> {
  readonly start: Count;
  take(count: Count, token: string, before: string): Count;
  open(count: Count, before: string): Count;
  close(back: Count): Count;
  /** The worse of two. */
  worse(a: Count, b: Count): Count;
}

const SPACE = /[\s\uFEFF]+/y;
const WORD = /[\w$\u00aa-\u167f\u1681-\u1fff\u2070-\u2fff\u3001-\ufefe\uff00-\uffff]+/y;
/** Written so that a search in vain goes over the text once, not once for every way to divide it. */
const DOUBLE = /"[^"\\\n\r]*(?:\\(?:\r\n|[\s\S])[^"\\\n\r]*)*"/y;
const SINGLE = /'[^'\\\n\r]*(?:\\(?:\r\n|[\s\S])[^'\\\n\r]*)*'/y;
const TEMPLATE = /[^`\\$]*(?:(?:\\[\s\S]|\$(?!\{))[^`\\$]*)*(?:`|\$\{)/y;
const PATTERN =
  /\/(?![*/])[^[\\/\n\r\u2028\u2029]*(?:(?:\\[^\n\r\u2028\u2029]|\[[^\]\\\n\r\u2028\u2029]*(?:\\[^\n\r\u2028\u2029][^\]\\\n\r\u2028\u2029]*)*\])[^[\\/\n\r\u2028\u2029]*)*\/[\w$\u0080-\u2027\u202a-\uffff]*/y;
/** A quoted attribute of an element: nothing is escaped, and it may go over lines. */
const ATTRIBUTE = /"[^"]*"|'[^']*'/y;
const LINE_END = /[\n\r\u2028\u2029]|$/g;
/** What stands between two tags, up to the next tag or expression. */
const ELEMENT_TEXT = /[^<>{}]*[<{]/y;

const CLOSES: Readonly<Record<string, readonly string[]>> = {
  ')': ['('],
  ']': ['['],
  '}': ['{', '${', '>{'],
};

/** Where the text goes on after a bracket that was not opened in code. */
const GOES_ON_IN: Readonly<Record<string, Reading<unknown>['mode']>> = {
  '${': 'template',
  '>{': 'element',
};

/** What no division can follow: the parser gives up at a slash that is none. */
const BEFORE_OPERAND = new Set('=(,;:[{?&|^~*%<'.split(''));

/** Words that an operand may follow on the same line; a regular expression follows no other word. */
const BEFORE_PATTERN = new Set(
  (
    'await case default delete do else extends in instanceof new of return throw typeof void ' +
    'yield as satisfies is keyof infer asserts from async get set static'
  ).split(' '),
);

/** Whether a slash divides what came before, and whether it opens a regular expression. */
function slashAfter({ before, onNewLine }: Reading<unknown>): { divides: boolean; opens: boolean } {
  if (before === '' || BEFORE_OPERAND.has(before)) return { divides: false, opens: true };
  const isOperand = before === ']' || /^[\w$"'`\u0080-\uffff]/.test(before);
  return { divides: true, opens: onNewLine || !isOperand || BEFORE_PATTERN.has(before) };
}

/** The readings of one text. */
export class Lexer<Count> {
  private readonly text: string;
  private readonly elements: boolean;
  private readonly counting: Counting<Count>;
  private lineStart = 0;
  private lineEnd = -1;
  /** Characters looked at so far, also in vain. */
  looked = 0;

  constructor(text: string, elements: boolean, counting: Counting<Count>) {
    this.text = text;
    this.elements = elements;
    this.counting = counting;
  }

  /** One token further: the readings that follow, none where this one ends. */
  step(reading: Reading<Count>): readonly Reading<Count>[] {
    const found = this[reading.mode](reading);
    for (const { at } of found) this.looked += at - reading.at;
    return found;
  }

  private code(reading: Reading<Count>): readonly Reading<Count>[] {
    const { at } = reading;
    const blank = this.match(SPACE, at);
    if (blank !== undefined) return [this.skipped(reading, at + blank.length)];
    const character = this.text[at] as string;
    if (character === '/') return this.slash(reading);
    if (character === '"' || character === "'") return this.quoted(reading);
    if (character === '`') return [{ ...reading, at: at + 1, mode: 'template' }];
    if ('([{'.includes(character)) return [this.opened(reading, character, 1)];
    if (character in CLOSES) return this.closed(reading, character);
    const token = this.match(WORD, at) ?? character;
    const plain = this.taken(reading, token);
    if (token === '>' && this.elements && this.text[at - 1] !== '=') {
      return [plain, { ...plain, mode: 'element' }];
    }
    // Misplaced, it takes what follows with it, and the parser goes on.
    if (token === '\\') return [plain, { ...plain, at: at + 2 }];
    const isComment = this.text.startsWith('<!--', at) || this.text.startsWith('-->', at);
    return isComment || (at === 0 && this.text.startsWith('#!'))
      ? [plain, this.skipped(reading, this.endOfLine(at))]
      : [plain];
  }

  private slash(reading: Reading<Count>): readonly Reading<Count>[] {
    const { at } = reading;
    const next = this.text[at + 1];
    if (next === '/') return [this.skipped(reading, this.endOfLine(at))];
    if (next === '*') {
      const end = this.text.indexOf('*/', at + 2);
      return end < 0 ? this.ended(this.text.length - at) : [this.skipped(reading, end + 2)];
    }
    const { divides, opens } = slashAfter(reading);
    const closes = this.elements && reading.before === '<';
    const found = divides || closes ? [this.taken(reading, '/')] : [];
    if (!opens) return found;
    const pattern = this.match(PATTERN, at);
    if (pattern !== undefined) return [...found, this.taken(reading, pattern)];
    this.ended(this.endOfLine(at) - at);
    return found;
  }

  private quoted(reading: Reading<Count>): readonly Reading<Count>[] {
    const { at } = reading;
    const double = this.text[at] === '"';
    const string = this.match(double ? DOUBLE : SINGLE, at);
    const found = string === undefined ? [] : [this.taken(reading, string)];
    if (string === undefined) this.ended(this.endOfLine(at) - at);
    const isAttribute = this.elements && reading.before === '=';
    const attribute = isAttribute ? this.match(ATTRIBUTE, at) : undefined;
    if (attribute === undefined || attribute === string) return found;
    return [...found, this.taken(reading, attribute)];
  }

  private template(reading: Reading<Count>): readonly Reading<Count>[] {
    const part = this.match(TEMPLATE, reading.at);
    if (part === undefined) return this.ended(this.text.length - reading.at);
    const code: Reading<Count> = { ...reading, mode: 'code' };
    return [
      part.endsWith('`')
        ? { ...this.taken(code, part), before: '`' }
        : this.opened(code, '${', part.length),
    ];
  }

  private opened(reading: Reading<Count>, bracket: string, length: number): Reading<Count> {
    const { at, before, count, frame } = reading;
    return {
      at: at + length,
      mode: 'code',
      before: bracket,
      onNewLine: false,
      count: this.counting.open(count, before),
      frame: { opened: bracket, count, outer: frame },
    };
  }

  private closed(reading: Reading<Count>, bracket: string): readonly Reading<Count>[] {
    const { at, frame } = reading;
    if (frame === undefined || CLOSES[bracket]?.includes(frame.opened) !== true) return [];
    const count = this.counting.close(frame.count);
    const mode = GOES_ON_IN[frame.opened] ?? 'code';
    return [{ at: at + 1, mode, before: bracket, onNewLine: false, count, frame: frame.outer }];
  }

  /** What stands after a tag or an expression between tags. */
  private element(reading: Reading<Count>): readonly Reading<Count>[] {
    const text = this.match(ELEMENT_TEXT, reading.at);
    if (text === undefined) return this.ended(this.text.length - reading.at);
    const code: Reading<Count> = { ...reading, mode: 'code' };
    if (text.endsWith('{')) return [this.opened(code, '>{', text.length)];
    return [{ ...this.taken(code, text), before: '<' }];
  }

  private skipped(reading: Reading<Count>, end: number): Reading<Count> {
    const onNewLine =
      reading.onNewLine || /[\n\r\u2028\u2029]/.test(this.text.slice(reading.at, end));
    return { ...reading, at: end, onNewLine };
  }

  private taken(reading: Reading<Count>, token: string): Reading<Count> {
    const { at, mode, before, frame } = reading;
    const count = this.counting.take(reading.count, token, before);
    return { at: at + token.length, mode, before: token, onNewLine: false, count, frame };
  }

  private match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0];
  }

  private endOfLine(at: number): number {
    if (at < this.lineStart || at > this.lineEnd) {
      LINE_END.lastIndex = at;
      this.lineStart = at;
      this.lineEnd = LINE_END.exec(this.text)?.index ?? this.text.length;
    }
    return this.lineEnd;
  }

  /** A reading that ends after so many characters. */
  private ended(characters: number): readonly [] {
    this.looked += characters;
    return [];
  }
}
