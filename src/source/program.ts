/**
 * A program as text: the editable files of a task, by their path from the task's folder. What lies
 * outside the marked regions of a file stays as it is, byte for byte.
 */
import { PacelineError } from '../core/errors.ts';
import type { Span } from './language.ts';

export interface Program {
  /** Text by path (relative, `/` between folders), sorted by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** Canonical text: equal programs have equal texts, whatever the order their files were named in. */
export function encodeProgram({ files }: Program): string {
  return JSON.stringify({ files: sorted(files) });
}

/** @throws PacelineError PROGRAM_INVALID for anything but canonical text of a program. */
export function decodeProgram(text: string): Program {
  const value = parsed(text);
  const files = value === null || typeof value !== 'object' ? undefined : Object(value).files;
  if (files === null || typeof files !== 'object' || Array.isArray(files)) {
    throw invalid('The text is no program: it holds no record of files');
  }
  for (const [path, content] of Object.entries(files)) checkFile(path, content);
  if (encodeProgram({ files }) === text) return { files };
  throw invalid('The text of the program is not in canonical form');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('The text is no program: it is not JSON');
  }
}

function checkFile(path: string, content: unknown): void {
  const shown = JSON.stringify(path);
  if (!isPlainPath(path)) throw invalid(`The program holds a file under the path ${shown}`);
  // An unpaired surrogate has no UTF-8: the file on the disk would be another one.
  if (typeof content === 'string' && !/\p{Surrogate}/u.test(content) && !content.includes('\0')) {
    return;
  }
  throw invalid(`The file ${shown} of the program is not text`);
}

/** A relative path that stays below its folder and can be printed: odd names yes, control characters no. */
export function isPlainPath(path: string): boolean {
  const parts = path.split('/');
  return (
    !parts.some((part) => part === '' || part === '.' || part === '..') &&
    !/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\\]/u.test(path)
  );
}

function sorted(files: Program['files']): Program['files'] {
  const byPath = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(byPath);
}

/** The words of a marker line: comment signs of any language may stand before, anything after. */
const MARKER =
  /^[^\p{L}\p{N}_"'`]*(?:(?:rem|dnl)\s+)?EVOLVE-BLOCK-(?<edge>START|END)(?![\p{L}\p{N}_-])/iu;
const MENTION = /EVOLVE-BLOCK-(START|END)/;
const LINE = /[^\r\n]*(?:\r\n|\n|\r|$)/g;

/**
 * What may change: the lines between each EVOLVE-BLOCK-START and its EVOLVE-BLOCK-END, which stand in
 * comments on lines of their own; the whole text where there is no marker.
 * @throws PacelineError PROGRAM_INVALID for markers that do not pair, with their lines.
 */
export function editableSpans(text: string): readonly Span[] {
  const spans: Span[] = [];
  let open: { readonly line: number; readonly start: number } | undefined;
  let line = 0;
  for (const { 0: content, index } of text.matchAll(LINE)) {
    line += 1;
    if (!MENTION.test(content)) continue;
    const edge = MARKER.exec(content)?.groups?.edge;
    if (edge === undefined) {
      throw invalid(`Line ${line} has code before its EVOLVE-BLOCK marker: give the marker a line`);
    }
    if (edge === 'START' && open) {
      throw invalid(`Line ${line} starts a block inside the one of line ${open.line}`);
    }
    if (edge === 'START') open = { line, start: index + content.length };
    else if (open === undefined) throw invalid(`Line ${line} ends a block that none starts`);
    else {
      spans.push({ start: open.start, end: index });
      open = undefined;
    }
  }
  if (open) throw invalid(`Line ${open.line} starts a block that none ends`);
  return spans.length === 0 ? [{ start: 0, end: text.length }] : spans;
}

/** Why `changed` is no version of `original` that only its editable spans tell apart, or undefined. */
export function refusedChange(original: Program, changed: Program): string | undefined {
  for (const path of Object.keys(changed.files)) {
    if (Object.hasOwn(original.files, path)) continue;
    return `It holds ${JSON.stringify(path)}, which is not among the editable files.`;
  }
  for (const [path, before] of Object.entries(original.files)) {
    const after = changed.files[path];
    if (after === undefined) return `It lacks ${JSON.stringify(path)}, an editable file.`;
    const why = after === before ? undefined : refusedEdit(before, after);
    if (why !== undefined) return `${JSON.stringify(path)}: ${why}`;
  }
  return undefined;
}

function refusedEdit(before: string, after: string): string | undefined {
  try {
    if (JSON.stringify(frozen(before)) === JSON.stringify(frozen(after))) return undefined;
  } catch (error) {
    if (PacelineError.is(error)) return error.message;
    throw error;
  }
  return 'Something outside the editable blocks was changed.';
}

/** The text before, between and after the editable spans. */
function frozen(text: string): readonly string[] {
  const spans = editableSpans(text);
  const starts = [0, ...spans.map(({ end }) => end)];
  const ends = [...spans.map(({ start }) => start), text.length];
  return starts.map((start, i) => text.slice(start, ends[i]));
}

/** All files as one text to read; a file's name stands above it where there are several. */
export function readable(files: Program['files']): string {
  const entries = Object.entries(files);
  if (entries.length === 1) return entries[0]?.[1] ?? '';
  return entries.map(([path, text]) => `==> ${path} <==\n${text.trimEnd()}\n`).join('\n');
}

function invalid(what: string): PacelineError {
  return new PacelineError('PROGRAM_INVALID', `${what}.`);
}
