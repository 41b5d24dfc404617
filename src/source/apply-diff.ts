/**
 * A unified diff, applied to the files it was made from. Nothing is guessed: a line that is no part of a
 * diff, a file that is not there and a hunk that fits nowhere refuse the whole.
 */
import { applyPatch, parsePatch, type StructuredPatch } from 'diff';

type Files = Readonly<Record<string, string>>;

/** The files as the diff leaves them, or in one sentence why it cannot be applied. */
export type Applied = { readonly files: Files } | { readonly why: string };

/** Longest part of a foreign line in a sentence. */
const QUOTE_LENGTH = 80;

export function applyDiff(files: Files, diff: string): Applied {
  const stray = strayLine(diff);
  if (stray !== undefined) {
    return { why: `This line of its patch is no part of a unified diff: ${quoted(stray)}.` };
  }
  let patches: readonly StructuredPatch[];
  try {
    patches = parsePatch(diff);
  } catch {
    return { why: 'Its patch is cut short or its hunks do not hold as many lines as they say.' };
  }
  let changed = files;
  for (const patch of patches) {
    const applied = applyOne(changed, patch);
    if ('why' in applied) return applied;
    changed = applied.files;
  }
  return { files: changed };
}

function applyOne(files: Files, patch: StructuredPatch): Applied {
  const [old, now] = [patch.oldFileName, patch.newFileName].map((name = '') => name);
  const path = pathOf(files, old ?? '', 'a/');
  if (path === undefined || path !== pathOf(files, now ?? '', 'b/')) {
    return {
      why: `Its patch is of ${quoted(old ?? '')} and ${quoted(now ?? '')}: it may change the editable files and make, rename or delete none.`,
    };
  }
  if (patch.hunks.length === 0) return { why: `Its patch of ${quoted(path)} has no hunk.` };
  const before = files[path] ?? '';
  const lines = before.split('\n').length;
  // Where a hunk starts far behind the end, the library looks for its place line by line from there.
  const isNear = patch.hunks.every(({ oldStart }) => oldStart >= 0 && oldStart <= lines + 1);
  const after = isNear && applyPatch(before, patch, { fuzzFactor: 0 });
  if (typeof after === 'string') return { files: { ...files, [path]: after } };
  return {
    why: `Its patch does not fit ${quoted(path)}: a line it takes away or stands beside is not there.`,
  };
}

/** As it stands, or behind the letter that git puts in front. */
function pathOf(files: Files, name: string, prefix: string): string | undefined {
  const bare = name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
  return [bare, name].find((path) => path !== undefined && Object.hasOwn(files, path));
}

const HEAD = /^(diff --git |index [0-9a-f.]+( \d+)?$|Index: |={10,}$|--- |\+\+\+ |\\ |$)/;
const HUNK = /^@@ -\d+(?:,(?<old>\d+))? \+\d+(?:,(?<now>\d+))? @@/;

/** The parser passes over such lines: renames, modes, binary parts, and what somebody says around it. */
function strayLine(diff: string): string | undefined {
  let [old, now] = [0, 0];
  for (const line of diff.split(/\r?\n/)) {
    if (old > 0 || now > 0) {
      const [sign = ' '] = line;
      if (sign !== '+' && sign !== '\\') old -= 1;
      if (sign !== '-' && sign !== '\\') now -= 1;
      continue;
    }
    const counts = HUNK.exec(line)?.groups;
    if (counts) [old, now] = [Number(counts.old ?? 1), Number(counts.now ?? 1)];
    else if (!HEAD.test(line)) return line;
  }
  return undefined;
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, QUOTE_LENGTH).replace(/[\p{C}\u2028\u2029]/gu, '\ufffd'));
}
