/** Which language a file is in, by the end of its name. */
import { json } from './json.ts';
import type { Language } from './language.ts';
import { plain } from './plain.ts';
import { SCRIPTS } from './typescript.ts';

/**
 * `loaded` holds further languages by file extension, without dot. A file of no known language is
 * `plain`: whoever shows it must say so.
 */
export function languageOf(
  path: string,
  loaded: ReadonlyMap<string, Language> = new Map(),
): Language {
  const extension = extensionOf(path);
  if (extension === 'json') return json;
  return SCRIPTS.get(extension) ?? loaded.get(extension) ?? plain;
}

export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}
