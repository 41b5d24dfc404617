/** What differs between two programs, as `git apply` and people read it. */
import { createTwoFilesPatch } from 'diff';
import type { Program } from './program.ts';

export interface FileDiff {
  readonly path: string;
  /** Three lines of context; line ends as they are in the files. */
  readonly unified: string;
}

/** Edits beyond which the search for the shortest diff would take seconds: the file is shown as replaced. */
const MOST_EDITS = 1000;

/** One entry per file that differs, by path. Both programs have the same files. */
export function programDiff(from: Program, to: Program): readonly FileDiff[] {
  return Object.entries(to.files).flatMap(([path, after]) => {
    const before = from.files[path] ?? '';
    return before === after ? [] : [{ path, unified: unifiedDiff(path, before, after) }];
  });
}

export function unifiedDiff(path: string, before: string, after: string): string {
  return diffWithin(MOST_EDITS, path, { before, after });
}

interface Sides {
  readonly before: string;
  readonly after: string;
}

/** Beyond so many edits the file is shown as replaced: the search takes time by their square. */
export function diffWithin(mostEdits: number, path: string, { before, after }: Sides): string {
  const [old, now] = [`a/${path}`, `b/${path}`];
  const options = { context: 3, maxEditLength: mostEdits, stripTrailingCr: false };
  const patch =
    createTwoFilesPatch(old, now, before, after, undefined, undefined, options) ??
    replacement([old, now], before, after);
  // The rule of equals signs that the library puts above is no part of a patch.
  return patch.replace(/^=+\n/, '');
}

/** A patch that takes every line away and puts every line there. */
function replacement(names: readonly [string, string], before: string, after: string): string {
  const [gone, come] = [signed('-', before), signed('+', after)];
  const range = ({ count }: Signed): string => (count === 0 ? '0,0' : `1,${count}`);
  const head = `--- ${names[0]}\n+++ ${names[1]}\n`;
  return `${head}@@ -${range(gone)} +${range(come)} @@\n${gone.text}${come.text}`;
}

interface Signed {
  readonly count: number;
  readonly text: string;
}

function signed(sign: string, text: string): Signed {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const last = text === '' || text.endsWith('\n') ? '' : '\n\\ No newline at end of file\n';
  return { count: lines.length, text: lines.map((line) => sign + line).join('') + last };
}
