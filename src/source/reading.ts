/** A program as its languages read it: is it one, which hypothesis is it, how large. */
import { sha256 } from '../core/hash.ts';
import { isInside } from './edit.ts';
import type { Language, NumberSpan } from './language.ts';
import { languageOf } from './language-of.ts';
import { plain } from './plain.ts';
import { editableSpans, encodeProgram, type Program } from './program.ts';

export type Languages = ReadonlyMap<string, Language>;

/** One sentence with the file's name, or undefined. */
export function complaintOf({ files }: Program, languages: Languages): string | undefined {
  for (const [path, text] of Object.entries(files)) {
    const complaint = languageOf(path, languages).complaint(text);
    if (complaint !== undefined) return `${path}: ${complaint}`;
  }
  return undefined;
}

/**
 * Equal keys, same hypothesis: layout, comments and types forgotten where the language can. A file
 * that is not of its language is read as plain text. The task kind's `normalise`, hashed.
 */
export function programKey({ files }: Program, languages: Languages): string {
  const normal = Object.entries(files).map(([path, text]) => {
    const language = languageOf(path, languages);
    const reader = language.complaint(text) === undefined ? language : plain;
    return [path, reader.normalise(text)];
  });
  return sha256(encodeProgram({ files: Object.fromEntries(normal) }));
}

/** Nodes or tokens of all files. @throws PacelineError SOURCE_UNSUPPORTED as `Language.size` does. */
export function programSize({ files }: Program, languages: Languages): number {
  return Object.entries(files).reduce(
    (sum, [path, text]) => sum + languageOf(path, languages).size(text),
    0,
  );
}

/** Numbers that may change, by file. */
export function programConstants(
  { files }: Program,
  languages: Languages,
): readonly (readonly [path: string, constants: readonly NumberSpan[]])[] {
  return Object.entries(files).map(([path, text]) => {
    const spans = editableSpans(text);
    const found = languageOf(path, languages).constants(text);
    return [path, found.filter((span) => isInside(spans, span))];
  });
}
