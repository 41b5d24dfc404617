/** Python with other bodies, or with statements that run when the module is loaded: by its lines. */
import { type Edit, edited } from '../../source/edit.ts';
import { editableSpans } from '../../source/program.ts';

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const DEF = /^(?:async +)?def +\w+/;

/** Every function of the module whose body may be changed returns `value`. */
export function pythonBodies(_path: string, text: string, value: string): string | undefined {
  const spans = editableSpans(text);
  const edits = spans.flatMap((span) => {
    const lines = linesOf(text).filter(({ start, end }) => span.start <= start && end <= span.end);
    return bodiesIn(lines).map((body): Edit => ({ ...body, text: `    return ${value}\n` }));
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

/** From the line after the head of each function to the last of its indented lines. */
function bodiesIn(lines: readonly Line[]): readonly { start: number; end: number }[] {
  return lines.flatMap(({ text }, at) => {
    if (!DEF.test(text)) return [];
    const head = lines.findIndex((line, i) => i >= at && /:\s*(?:#.*)?$/.test(line.text));
    if (head < 0) return [];
    const after = lines.findIndex((line, i) => i > head && /^\S/.test(line.text));
    const body = lines.slice(head + 1, after < 0 ? lines.length : after);
    const [first, last] = [body[0], body.at(-1)];
    return first && last ? [{ start: first.start, end: last.end }] : [];
  });
}
