/** Words of a program that reads its surroundings: no proof of anything, and where to look first. */
import type { Files } from '../../tasks/contract.ts';

const READS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['the environment', /\bprocess\s*(?:\.|\[['"`])\s*env\b|\bos\.environ\b|\bgetenv\b/],
  ['the host name', /\bhostname\s*\(|\buname\s*\(|\bgethostname\b/],
  ['the clock', /\bDate\b|\bperformance\s*\.\s*now|\bhrtime\b|\btime\.time\b|\bdatetime\b/],
  ['its folder', /\bcwd\s*\(|\b__dirname\b|\bimport\.meta\.(?:url|dirname)\b|\bargv\b/],
  ['files beside it', /\bexistsSync\b|\breaddirSync\b|\bstatSync\b|\bos\.listdir\b|\bos\.path\b/],
  ['words of tests', /['"`](?:test|ci|jest|vitest|pytest|grader|eval(?:uation)?|benchmark)['"`]/i],
];

/** What the candidate reads that the incumbent does not. */
export function newlyReads(candidate: Files, incumbent: Files): readonly string[] {
  const [now, before] = [candidate, incumbent].map((files) => Object.values(files).join('\n'));
  return READS.flatMap(([what, pattern]) =>
    pattern.test(now ?? '') && !pattern.test(before ?? '') ? [what] : [],
  );
}
