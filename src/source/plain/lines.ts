/** Lines as statements: a line with what is indented below it and the line that closes it. */
import { type Edit, edited, isInside, pick, pickTwo } from '../edit.ts';
import type { Source, Span, Variation } from '../language.ts';

/** What a line begins with that belongs to the line above it of the same depth. */
const CONTINUES =
  /^\s*(?:[)\]}]|(?:else|elif|elsif|except|rescue|catch|finally|ensure|end|done|fi)\b)/;
const OPENS = '([{';
const CLOSES = ')]}';

interface Line extends Span {
  readonly text: string;
  readonly indent: number;
}

/** Whole lines, ends included; a line that is only partly in a span is not touched. */
function linesOf({ text, spans }: Source): readonly Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    const line = match[0];
    const span = { start: match.index, end: match.index + line.length };
    if (line.trim() === '' || !isInside(spans, span)) continue;
    lines.push({ ...span, text: line, indent: line.search(/\S/) });
  }
  return lines;
}

/** A statement and its indentation. */
export interface Unit extends Span {
  readonly indent: number;
}

/** Runs of neighbouring statements of one depth; only those whose brackets are closed inside. */
export function blocksOf(source: Source): readonly (readonly Unit[])[] {
  const blocks: Unit[][] = [];
  collect(source, linesOf(source), blocks);
  return blocks.filter((block) => block.length > 0);
}

function collect(source: Source, lines: readonly Line[], blocks: Unit[][]): void {
  const block: Unit[] = [];
  blocks.push(block);
  for (let at = 0; at < lines.length; ) {
    const head = lines[at] as Line;
    let next = at + 1;
    while (next < lines.length && belongs(head, lines[next] as Line)) next += 1;
    const last = lines[next - 1] as Line;
    const unit = { start: head.start, end: last.end, indent: head.indent };
    if (isClosed(source.text.slice(unit.start, unit.end))) block.push(unit);
    const inner = lines.slice(at + 1, next).filter(({ indent }) => indent > head.indent);
    if (inner.length > 0) collect(source, inner, blocks);
    at = next;
  }
}

function belongs(head: Line, line: Line): boolean {
  return line.indent > head.indent || (line.indent === head.indent && CONTINUES.test(line.text));
}

function isClosed(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (OPENS.includes(char)) depth += 1;
    if (CLOSES.includes(char)) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

const cut = ({ text }: Source, { start, end }: Span): string => withEnd(text.slice(start, end));
const withEnd = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
const erase = ({ start, end }: Span): Edit => ({ start, end, text: '' });
const before = ({ start }: Span, text: string): Edit => ({ start, end: start, text });

/** The text moved to another depth, line by line. */
function indented(text: string, by: number): string {
  const shift = (line: string): string =>
    by >= 0 ? (line.trim() === '' ? line : ' '.repeat(by) + line) : dedented(line, -by);
  return text.split('\n').map(shift).join('\n');
}

function dedented(line: string, by: number): string {
  return line.slice(0, by).trim() === '' ? line.slice(by) : line;
}

/** Blocks in which statements can change places. */
function longBlocksOf(source: Source): readonly (readonly Unit[])[] {
  return blocksOf(source).filter((units) => units.length > 1);
}

const remove: Variation = {
  name: 'delete',
  vary(source, rng) {
    // The only statement of a block stays: an empty block is an error in half of the languages.
    const block = pick(rng, longBlocksOf(source));
    const unit = block && pick(rng, block);
    return unit && edited(source, [erase(unit)]);
  },
};

const duplicate: Variation = {
  name: 'duplicate',
  vary(source, rng) {
    const unit = pick(rng, blocksOf(source).flat());
    return unit && edited(source, [before(unit, cut(source, unit))]);
  },
};

const swap: Variation = {
  name: 'swap',
  vary(source, rng) {
    const block = pick(rng, longBlocksOf(source));
    const pair = block && pickTwo(rng, block);
    if (pair === undefined) return undefined;
    const [a, b] = pair;
    return edited(source, [
      { start: a.start, end: a.end, text: cut(source, b) },
      { start: b.start, end: b.end, text: cut(source, a) },
    ]);
  },
};

const move: Variation = {
  name: 'move',
  vary(source, rng) {
    const block = pick(rng, longBlocksOf(source));
    const pair = block && pickTwo(rng, block);
    if (pair === undefined) return undefined;
    const [to, from] = pair;
    return edited(source, [erase(from), before(to, cut(source, from))]);
  },
};

const crossover: Variation = {
  name: 'crossover',
  vary(source, rng, mate) {
    if (mate === undefined) return undefined;
    const place = pick(rng, blocksOf(source).flat());
    const gift = pick(rng, blocksOf(mate).flat());
    if (place === undefined || gift === undefined) return undefined;
    const text = indented(cut(mate, gift), place.indent - gift.indent);
    return rng.int(2) === 0
      ? edited(source, [{ start: place.start, end: place.end, text }])
      : edited(source, [before(place, text)]);
  },
};

export const lineVariations: readonly Variation[] = [remove, duplicate, swap, move, crossover];
