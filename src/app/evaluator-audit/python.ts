/** Python with other bodies, or with statements that run when the module is loaded: by its lines. */
import { type Edit, edited } from '../../source/edit.ts';
import { editableSpans } from '../../source/program.ts';

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A constructor gives nothing as it is. */
const DEF = /^(?<indent>[ \t]*)(?:async +)?def +(?!__init__\b)\w+/;

/** Every function and method of the module whose body may be changed returns `value`. */
export function pythonBodies(_path: string, text: string, value: string): string | undefined {
  const spans = editableSpans(text);
  const edits = spans.flatMap((span) => {
    const lines = linesOf(text).filter(({ start, end }) => span.start <= start && end <= span.end);
    return bodiesIn(text, lines).map(
      ({ before, ...body }): Edit => ({ ...body, text: `${before}return ${value}\n` }),
    );
  });
  return edits.length === 0 ? undefined : edited({ text, spans }, edits);
}

/** One line, whatever the code: a string of JSON is one of Python. */
export function pythonStatements(_path: string, text: string, code: string): string | undefined {
  const spans = editableSpans(text);
  const [first] = spans;
  const future = /^from +__future__ .*\n/m.exec(text);
  if (first === undefined) return undefined;
  const start = Math.max(first.start, future ? future.index + future[0].length : 0);
  const indent = /^(?:[ \t]*\n)*(?<indent>[ \t]*)/.exec(text.slice(start))?.groups?.indent ?? '';
  const statement = `${indent}exec(${JSON.stringify(code.trim())}, {})\n`;
  return edited({ text, spans }, [{ start, end: start, text: statement }]);
}

function linesOf(text: string): readonly Line[] {
  const found = text.matchAll(/[^\n]*\n|[^\n]+$/g);
  return Array.from(found, ({ 0: line, index }) => ({
    start: index,
    end: index + line.length,
    text: line,
  }));
}

interface Body {
  readonly start: number;
  readonly end: number;
  /** What stands before the first statement. */
  readonly before: string;
}

/** From the colon of each function to the last of its lines; what lies inside another goes with it. */
function bodiesIn(text: string, lines: readonly Line[]): readonly Body[] {
  const found: Body[] = [];
  for (const line of lines) {
    const indent = DEF.exec(line.text)?.groups?.indent;
    if (indent === undefined || line.start < (found.at(-1)?.end ?? 0)) continue;
    const colon = colonOf(text, line.start);
    const head = lines.findIndex(({ start, end }) => start <= colon && colon < end);
    const last = lines[head];
    if (last === undefined) continue;
    if (!/^\s*(?:#.*)?$/.test(text.slice(colon + 1, last.end))) {
      found.push({ start: colon + 1, end: last.end, before: ' ' });
      continue;
    }
    const after = lines.findIndex((one, i) => i > head && isOutside(one.text, indent));
    const end = lines[(after < 0 ? lines.length : after) - 1]?.end ?? last.end;
    found.push({ start: last.end, end, before: `${indent}    ` });
  }
  return found;
}

/** Whether a line is no longer of a block below `indent`; empty ones and comments tell nothing. */
function isOutside(line: string, indent: string): boolean {
  const own = /^[ \t]*(?=[^\s#])/.exec(line)?.[0];
  return own !== undefined && own.length <= indent.length;
}

const TOKEN = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*|[()[\]{}:]/g;

/** The colon that ends the head of a function: outside brackets, strings and comments. -1 where there is none. */
function colonOf(text: string, from: number): number {
  let depth = 0;
  for (const { 0: token, index } of text.slice(from).matchAll(TOKEN)) {
    if (token === ':' && depth === 0) return from + index;
    if (/^[([{]$/.test(token)) depth += 1;
    if (/^[)\]}]$/.test(token)) depth -= 1;
  }
  return -1;
}
