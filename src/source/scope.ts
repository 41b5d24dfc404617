/**
 * What a changed program reaches for that the one before did not: modules and words that stand for a
 * privilege. A hint for whoever reviews a candidate. It reads text, so code that hides what it does
 * escapes it; only the jail holds a candidate.
 */
import type { Language } from './language.ts';
import type { Program } from './program.ts';

/** Privilege → what names it, in the languages that are usual here. */
const PRIVILEGES: readonly (readonly [name: string, pattern: RegExp])[] = [
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

/** One line per thing added, files by path; nothing for what the earlier program had in that file. */
export function scopeAdded(
  from: Program,
  to: Program,
  languageOf: (path: string) => Language,
): readonly string[] {
  return Object.entries(to.files).flatMap(([path, after]) => {
    const before = from.files[path];
    if (before === after) return [];
    const { imports } = languageOf(path);
    const added = (kind: string, had: readonly string[], has: readonly string[]): string[] => {
      const more = has.filter((one) => !had.includes(one));
      return more.length === 0 ? [] : [`${kind} added in ${path}: ${more.join(', ')}`];
    };
    return [
      ...(before === undefined ? [`file added: ${path}`] : []),
      ...added('imports', imports(before ?? ''), imports(after)),
      ...added('privileges', privileges(before ?? ''), privileges(after)),
    ];
  });
}

function privileges(text: string): readonly string[] {
  return PRIVILEGES.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
}
