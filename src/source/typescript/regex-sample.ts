/** A text that a simple pattern matches: the shortest that comes to mind. Undefined for look-arounds and references. */

const CLASSES: Readonly<Record<string, string>> = {
  d: '1',
  w: 'a',
  s: ' ',
  D: 'a',
  W: ' ',
  S: 'a',
  n: '\n',
  t: '\t',
  r: '\r',
  b: '',
  B: '',
};

/** Most repetitions that are written out (included). */
const MOST = 64;

export function regexSample(pattern: string): string | undefined {
  const reader = { pattern, at: 0 };
  try {
    const sample = alternatives(reader);
    return reader.at === pattern.length ? sample : undefined;
  } catch {
    return undefined;
  }
}

interface Reader {
  readonly pattern: string;
  at: number;
}

/** The first of them counts. */
function alternatives(reader: Reader): string {
  const first = sequence(reader);
  while (reader.pattern[reader.at] === '|') {
    reader.at += 1;
    sequence(reader);
  }
  return first;
}

function sequence(reader: Reader): string {
  let text = '';
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern[reader.at] as string)) {
    const one = atom(reader);
    text += one.repeat(Math.min(MOST, repetitions(reader)));
  }
  return text;
}

function repetitions(reader: Reader): number {
  const rest = reader.pattern.slice(reader.at);
  const counted = /^\{(\d+)(?:,\d*)?\}\??/.exec(rest);
  const sign = /^[*+?]\??/.exec(rest);
  reader.at += (counted ?? sign)?.[0].length ?? 0;
  if (counted) return Number(counted[1]);
  return sign?.[0].startsWith('+') || !sign ? 1 : 0;
}

function atom(reader: Reader): string {
  const sign = reader.pattern[reader.at] as string;
  reader.at += 1;
  switch (sign) {
    case '^':
    case '$':
      return '';
    case '.':
      return 'a';
    case '\\':
      return escaped(reader);
    case '[':
      return charClass(reader);
    case '(':
      return group(reader);
    default:
      return sign;
  }
}

function escaped(reader: Reader): string {
  const rest = reader.pattern.slice(reader.at);
  const code = /^(?:x([\da-f]{2})|u([\da-f]{4}))/i.exec(rest);
  if (code) {
    reader.at += code[0].length;
    return String.fromCharCode(Number.parseInt((code[1] ?? code[2]) as string, 16));
  }
  const letter = rest[0] ?? '';
  if (/[1-9kpP]/.test(letter)) throw new SyntaxError('a reference');
  reader.at += 1;
  return CLASSES[letter] ?? letter;
}

/** The first character of it; of one that excludes, a character that it does not name. */
function charClass(reader: Reader): string {
  const end = reader.pattern.indexOf(']', reader.at + 1);
  if (end < 0) throw new SyntaxError('a class without an end');
  const body = reader.pattern.slice(reader.at, end);
  reader.at = end + 1;
  if (body.startsWith('^')) return [...'aZ1 _'].find((one) => !body.includes(one)) ?? '~';
  if (!body.startsWith('\\')) return body[0] as string;
  return escaped({ pattern: body, at: 1 });
}

function group(reader: Reader): string {
  const rest = reader.pattern.slice(reader.at);
  const head = /^\?(?::|<(?![=!])[^>]*>)/.exec(rest);
  if (rest.startsWith('?') && !head) throw new SyntaxError('a look-around');
  reader.at += head?.[0].length ?? 0;
  const text = alternatives(reader);
  if (reader.pattern[reader.at] !== ')') throw new SyntaxError('a group without an end');
  reader.at += 1;
  return text;
}
