/**
 * What a changed program reaches for that the one before did not: modules and words that stand for a
 * privilege. A hint for whoever reviews a candidate. It reads text, so code that hides what it does
 * escapes it; only the jail holds a candidate.
 */
import type { Privilege, Reach } from '../core/constraint.ts';
import type { Language } from './language.ts';
import type { Program } from './program.ts';

/** Privilege → what names it, in the languages that are usual here. */
const WORDS: readonly (readonly [name: Privilege, pattern: RegExp])[] = [
  [
    'processes',
    /\bchild_process\b|\bsubprocess\b|\bos\.(?:system|popen|exec\w*|fork|spawn\w*)\b|\bstd::process\b|\bos\/exec\b|\bpopen\s*\(/,
  ],
  [
    'files',
    /["'](?:node:)?fs(?:\/promises)?["']|\bopen\s*\(|\bshutil\b|\bpathlib\b|\bstd::fs\b|\bfopen\s*\(|\bwriteFile/,
  ],
  [
    'network',
    /["'](?:node:)?(?:net|http|https|http2|dgram|tls|dns)["']|\bfetch\s*\(|\bWebSocket\b|\bsocket\b|\burllib\b|\brequests\.|\bstd::net\b/,
  ],
  ['environment', /\bprocess\.env\b|\bos\.environ\b|\bgetenv\b|\bstd::env\b|\bPACELINE_\w+/],
  [
    'code made at run time',
    /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(|\bexec\s*\(|\bimport\s*\(|\b__import__\b|\bimportlib\b|["'](?:node:)?vm["']|\bctypes\b/,
  ],
  [
    'the host process',
    /\bprocess\.(?:exit|kill|binding|dlopen)\b|\bglobalThis\b|\bsys\.(?:exit|modules|_getframe)\b/,
  ],
  ['unsafe memory', /\bunsafe\b|\bWebAssembly\b|\bSharedArrayBuffer\b/],
];

/** Files that differ, by path, with nothing of what the earlier program had in that file. */
export function reachAdded(
  from: Program,
  to: Program,
  languageOf: (path: string) => Language,
): readonly Reach[] {
  return Object.entries(to.files).flatMap(([path, after]) => {
    const before = from.files[path];
    if (before === after) return [];
    const { imports } = languageOf(path);
    const more = <T>(has: readonly T[], had: readonly T[]): readonly T[] =>
      has.filter((one) => !had.includes(one));
    return {
      path,
      imports: more(imports(after), imports(before ?? '')),
      privileges: more(privileges(after), privileges(before ?? '')),
    };
  });
}

/** One line per thing added, files by path. */
export function scopeAdded(
  from: Program,
  to: Program,
  languageOf: (path: string) => Language,
): readonly string[] {
  return reachAdded(from, to, languageOf).flatMap((file) => {
    const { path } = file;
    const added = (kind: 'imports' | 'privileges'): string[] =>
      file[kind].length === 0 ? [] : [`${kind} added in ${path}: ${file[kind].join(', ')}`];
    return [
      ...(from.files[path] === undefined ? [`file added: ${path}`] : []),
      ...added('imports'),
      ...added('privileges'),
    ];
  });
}

function privileges(text: string): readonly Privilege[] {
  return WORDS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
}
