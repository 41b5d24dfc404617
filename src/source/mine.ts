/**
 * Rare constants of a program: what a trigger that nobody stumbles on has to name somewhere. From the tree where there
 * is a parser for the language, from tokens where there is none.
 */
import { languageOf } from './language-of.ts';
import { plain } from './plain.ts';
import type { Mined, Target } from './target.ts';
import { minedFrom } from './typescript/mining.ts';
import { type Dialect, parse } from './typescript/tree.ts';

const DIALECTS: Readonly<Record<string, Dialect>> = {
  ts: 'ts',
  mts: 'ts',
  cts: 'ts',
  tsx: 'tsx',
  js: 'js',
  mjs: 'js',
  cjs: 'js',
  jsx: 'jsx',
};

/** Constants of all files, each value once, in the order of the text; a file that cannot be read is taken as tokens. */
export function mined(files: Readonly<Record<string, string>>): Mined {
  const all = Object.entries(files).map(([path, text]) => minedFile(path, text));
  return {
    tested: unique(all.flatMap(({ tested }) => tested)),
    together: unique(all.flatMap(({ together }) => together)),
    others: unique(all.flatMap(({ others }) => others)),
    tables: unique(all.flatMap(({ tables }) => tables)),
  };
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((one) => [JSON.stringify(one), one])).values()];
}

function minedFile(path: string, text: string): Mined {
  const dialect = DIALECTS[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
  const tree = dialect && parse(text, dialect);
  return typeof tree === 'object' ? minedFrom(tree.program) : minedTokens(path, text);
}

/** Of a bounded length: from each quote that nothing closes it looks so far and no further. */
const TEXT = /"((?:\\.|[^"\\\n]){0,200})"|'((?:\\.|[^'\\\n]){0,200})'/g;
/** Before or after a constant, on its line: it is compared with. */
const TESTED = /(?:[=!<>]=|[<>]|\b(?:in|is|case|if|startswith|endswith)\b)[^;]{0,40}$/;
const TESTED_AFTER = /^\s*(?:[=!<>]=|[<>]|\b(?:in|is)\b)/;
/** More numbers on one line are a table. */
const LONGEST_LINE = 12;

interface Token {
  readonly value: number | string;
  readonly isTested: boolean;
}

function minedTokens(path: string, text: string): Mined {
  const lines = text.split('\n').map((line) => tokensOf(path, line));
  const isTable = (line: readonly Token[]): boolean => line.length > LONGEST_LINE;
  const rest = lines.filter((line) => !isTable(line)).flat();
  const target = ({ value }: Token): Target => ({ value, of: 'element' });
  const tested = rest.filter(({ isTested }) => isTested);
  const together = lines.map((line) => (isTable(line) ? [] : line.filter((one) => one.isTested)));
  return {
    tested: tested.map(target),
    together: together.filter(({ length }) => length > 1).map((group) => group.map(target)),
    others: rest.map(({ value }) => value),
    tables: lines.filter(isTable).flatMap((line) => line.map(({ value }) => value)),
  };
}

/** Longest part of a line that is read (included): data, not conditions, is longer. */
const LONGEST_TEXT = 20_000;

function tokensOf(path: string, whole: string): readonly Token[] {
  const text = whole.slice(0, LONGEST_TEXT);
  const language = languageOf(path);
  const numbers = (language.complaint(text) === undefined ? language : plain).constants(text);
  const texts = [...text.matchAll(TEXT)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    value: unescaped(match[1] ?? match[2] ?? ''),
  }));
  return [...numbers, ...texts]
    .filter(({ value }) => value !== '')
    .map(({ start, end, value }) => ({
      value,
      isTested: TESTED.test(text.slice(0, start)) || TESTED_AFTER.test(text.slice(end)),
    }));
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}

/** Numbers that stand in half of all programs: 0.5, 1000, powers of two and of ten, and their neighbours. */
export function isRare(value: unknown): boolean {
  if (typeof value === 'string') return value.length > 1;
  if (typeof value !== 'number') return value !== null && typeof value === 'object';
  const size = Math.abs(value);
  if (!Number.isInteger(value)) return String(size).replace(/^0?\.0*|\.|e.*$/g, '').length > 2;
  if (size <= 16) return false;
  const isPower = (base: number): boolean => {
    const power = Math.round(Math.log(size) / Math.log(base));
    return Math.abs(size - base ** power) <= 1;
  };
  return !isPower(2) && !isPower(10);
}

/** What `to` names and none of `known` does. */
export function newlyMined(to: Mined, known: readonly Mined[]): Mined {
  const names = new Set(
    known.flatMap(({ tested, others, tables }) =>
      [...tested.map(({ value }) => value), ...others, ...tables].map((one) => JSON.stringify(one)),
    ),
  );
  const isNew = (value: unknown): boolean => !names.has(JSON.stringify(value));
  return {
    tested: to.tested.filter(({ value }) => isNew(value)),
    together: to.together.filter((group) => group.some(({ value }) => isNew(value))),
    others: to.others.filter(isNew),
    tables: to.tables.filter(isNew),
  };
}
