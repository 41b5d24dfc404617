/**
 * Any text made of lines, for languages that have no parser here: numbers, operator tokens and lines
 * with whatever is indented below them. Nobody checks the syntax of a child, so the evaluator will.
 */
import { constantVariations } from './constants.ts';
import { edited, isInside, pick } from './edit.ts';
import type { Language, NumberSpan, Span, Variation } from './language.ts';
import { lineVariations } from './plain/lines.ts';

const NUMBER = /(?<![\w.$])(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])/g;
const TOKEN = /[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*|"[^"\n]*"|'[^'\n]*'|\S/gu;
/** A string on one line, of a bounded length as in mine.ts, or a line that begins as a comment in most languages. */
const QUIET =
  /"(?:\\.|[^"\\\n]){0,500}"|'(?:\\.|[^'\\\n]){0,500}'|^[ \t]*(?:#|\/\/|--|\/?\*|;|%).*$/gm;
const IMPORT =
  /^[ \t]*(?:#[ \t]*include|import|from|use|using|require|require_relative|load|source|extern crate|mod|open)\b[ \t(]*["'<]?([\w./:@-]+)/gm;

/** Tokens that may stand for each other. Spaces around them keep `->`, `++` and generics apart. */
const OPERATORS: readonly (readonly string[])[] = [
  ['<', '<=', '>', '>='],
  ['==', '!='],
  ['+', '-'],
  ['*', '/'],
  ['&&', '||'],
  ['and', 'or'],
  ['+=', '-='],
];
const OPERATOR = /(?<=[ \t])(?:<=|>=|==|!=|&&|\|\||\+=|-=|<|>|\+|-|\*|\/|and|or)(?=[ \t])/g;

/** Matches outside of strings and comment lines. */
function loud(text: string, pattern: RegExp): readonly (Span & { readonly word: string })[] {
  const quiet = [...text.matchAll(QUIET)].map(spanOf);
  return [...text.matchAll(pattern)]
    .map(spanOf)
    .filter((span) => !quiet.some(({ start, end }) => start <= span.start && span.end <= end));
}

function spanOf(match: RegExpExecArray): Span & { readonly word: string } {
  return { start: match.index, end: match.index + match[0].length, word: match[0] };
}

function constants(text: string): readonly NumberSpan[] {
  return loud(text, NUMBER).map(({ start, end, word }) => ({
    start,
    end,
    value: Number(word),
    negatable: false,
  }));
}

const operator: Variation = {
  name: 'operator',
  vary(source, rng) {
    const places = loud(source.text, OPERATOR).filter((span) => isInside(source.spans, span));
    const place = pick(rng, places);
    if (place === undefined) return undefined;
    const family = OPERATORS.find((words) => words.includes(place.word)) ?? [];
    const text = pick(
      rng,
      family.filter((word) => word !== place.word),
    );
    return text && edited(source, [{ start: place.start, end: place.end, text }]);
  },
};

export const plain: Language = {
  name: 'plain',
  variations: [...constantVariations(constants), operator, ...lineVariations],
  complaint: () => undefined,
  normalise: (text) =>
    text
      .split(/\r\n?|\n/)
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .join('\n'),
  size: (text) => [...text.matchAll(TOKEN)].length,
  imports: (text) =>
    [...new Set([...text.matchAll(IMPORT)].map((match) => match[1] as string))].sort(),
  constants,
};
