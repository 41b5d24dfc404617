/**
 * Reads an evaluator's answer: JSON lines `{"nonce":…,"index":0,"metrics":{"excess":1.5}}` or
 * `METRIC excess=1.5 nonce=… index=0`. Anything doubtful makes a case `invalid`, and a line that
 * cannot be placed makes all of them so: an evaluator that counts from 1 must not pass unseen.
 */
import type { CaseResult } from '../contract.ts';
import { invalid, plain, quote, valueOf } from '../outcome.ts';

export interface Expected {
  readonly nonce: string;
  /** How many cases were asked; they are numbered from 0. */
  readonly count: number;
  readonly metric: string;
  /** Names of the other metrics that are recorded. */
  readonly others?: readonly string[];
}

interface Line {
  readonly nonce?: unknown;
  readonly index?: unknown;
  readonly metrics: Readonly<Record<string, unknown>>;
}

interface Sheet {
  readonly metrics: Record<string, unknown>[];
  /** The first reason against a case, by index. */
  readonly faults: Map<number, string>;
  /** The first reason against the whole answer. */
  fault?: string;
}

/** One result for each case asked, in order. */
export function readAnswer(answer: string, expected: Expected): readonly CaseResult[] {
  const sheet: Sheet = {
    metrics: Array.from({ length: expected.count }, () => ({})),
    faults: new Map(),
  };
  // What a decoder leaves where the bytes were no UTF-8; no honest answer needs the character.
  if (answer.includes('\ufffd')) {
    sheet.fault = 'The result channel carried bytes that are not UTF-8. Write the answer in UTF-8.';
  }
  for (const text of answer.split('\n')) {
    if (text.trim() !== '') enter(text.trim(), expected, sheet);
  }
  return sheet.metrics.map((metrics, index) => {
    const fault = sheet.faults.get(index) ?? sheet.fault;
    if (fault !== undefined) return invalid(fault);
    if (Object.keys(metrics).length === 0) {
      return invalid(unanswered(index));
    }
    return valueOf(metrics, expected.metric, expected.others);
  });
}

export function unanswered(index: number): string {
  return `The evaluator ended without an answer for case ${index}.`;
}

function enter(text: string, expected: Expected, sheet: Sheet): void {
  const line = text.startsWith('METRIC ') ? metricLine(text) : jsonLine(text, expected);
  if (typeof line === 'string') {
    sheet.fault ??= line;
    return;
  }
  const index = line.index ?? (expected.count === 1 ? 0 : undefined);
  if (line.nonce !== expected.nonce) {
    note(sheet, index, wrongNonce(line.nonce));
  } else if (typeof index !== 'number' || sheet.metrics[index] === undefined) {
    sheet.fault ??= `The evaluator answered for case ${quote(String(index))}, which was not asked; cases are numbered from 0.`;
  } else {
    merge(line, index, sheet);
  }
}

function wrongNonce(nonce: unknown): string {
  return nonce === undefined
    ? "An answer without this rollout's nonce was refused."
    : "An answer with another rollout's nonce was seen and refused; the nonce is in the file PACELINE_INSTANCES.";
}

function note(sheet: Sheet, index: unknown, fault: string): void {
  if (typeof index !== 'number' || sheet.metrics[index] === undefined) sheet.fault ??= fault;
  else if (!sheet.faults.has(index)) sheet.faults.set(index, fault);
}

function merge(line: Line, index: number, sheet: Sheet): void {
  const into = sheet.metrics[index] ?? {};
  for (const [name, value] of Object.entries(line.metrics)) {
    if (!Object.hasOwn(into, name)) Object.defineProperty(into, name, { value, enumerable: true });
    else note(sheet, index, `The metric ${quote(name)} of case ${index} was answered twice.`);
  }
}

/** A line, or the reason why it is none. */
function jsonLine(text: string, { metric, others = [] }: Expected): Line | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const line = value as Partial<Line> | null | undefined;
  if (value === undefined && NO_NUMBER.test(text)) {
    return `The result channel carried ${quote(text)}: JSON has no NaN and no Infinity. Leave an unknown value out.`;
  }
  if (typeof line?.metrics !== 'object' || line.metrics === null) {
    return `The result channel carried ${quote(text)}, which is neither a result in JSON nor a METRIC line.`;
  }
  const asked = [metric, ...others];
  const twice = [...FRAME, ...asked].find((key) => repeats(text, key, asked));
  if (twice !== undefined) return `One result names ${quote(twice)} twice: ${plain(text)}`;
  return { nonce: line.nonce, index: line.index, metrics: line.metrics };
}

/** As Python writes what is no number. */
const NO_NUMBER = /:\s*-?(NaN|Infinity)\b/;

const FRAME: readonly string[] = ['nonce', 'index', 'metrics'];

/** JSON.parse keeps the last of two equal keys without a word, so they are counted in the text. */
function repeats(text: string, key: string, asked: readonly string[]): boolean {
  const isBoth = asked.includes(key) && FRAME.includes(key);
  const count = text.split(JSON.stringify(key)).slice(1).filter(startsWithColon).length;
  return count > (isBoth ? 2 : 1);
}

function startsWithColon(rest: string): boolean {
  return rest.trimStart().startsWith(':');
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function metricLine(text: string): Line | string {
  const pairs = text.split(/\s+/).slice(1);
  const metrics: Record<string, unknown> = {};
  const frame: { nonce?: string; index?: number } = {};
  for (const pair of pairs) {
    const cut = pair.indexOf('=');
    const [name, value] = [pair.slice(0, cut), pair.slice(cut + 1)];
    const isFrame = name === 'nonce' || name === 'index';
    if (cut < 1 || Object.hasOwn(isFrame ? frame : metrics, name)) {
      return `The result channel carried ${quote(text)}, which is not METRIC name=value nonce=… index=….`;
    }
    if (name === 'nonce') frame.nonce = value;
    else if (name === 'index') frame.index = /^\d+$/.test(value) ? Number(value) : -1;
    else Object.defineProperty(metrics, name, { value: numberOr(value), enumerable: true });
  }
  return { ...frame, metrics };
}

/** The number, or the text itself so that a message can show it. */
function numberOr(text: string): number | string {
  return DECIMAL.test(text) ? Number(text) : text;
}
