/**
 * Check C16: what a change reaches for that what it replaces did not. It refuses nothing: whatever lies
 * outside the manifest needs a person. It reads text, so code that hides what it does escapes it; what a
 * candidate can do is held by the jail, not by this.
 */
import type { Reach } from '../core/constraint.ts';
import { COMPUTED, isInModule } from '../core/constraint.ts';
import { quoted } from '../core/quoted.ts';
import type { Files } from '../tasks/contract.ts';
import type { Check, CheckFinding, Intake, Manifest, Tools } from './contract.ts';

/** What gives another answer at another time, in the languages that are usual here. */
const SOURCES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['random numbers', /\bMath\s*\.\s*random\b|\brandom\s*\.\s*\w+\s*\(|\brand\s*\(|\bsecrets\.\w+/],
  [
    'random bytes',
    /\bgetRandomValues\b|\brandom(?:UUID|Bytes|Int|FillSync)\b|\burandom\b|\buuid[1-5]?\b/,
  ],
  [
    'a clock',
    /\bDate\s*\.\s*now\b|\bnew\s+Date\s*\(\s*\)|\bperformance\s*\.\s*now\b|\bhrtime\b|\btime\.(?:time|monotonic|perf_counter|process_time)(?:_ns)?\b|\bdatetime\.(?:now|utcnow|today)\b|\bInstant::now\b|\btime\.Now\b/,
  ],
  [
    'the order of memory',
    /\bid\s*\(\s*\w+\s*\)|\bPYTHONHASHSEED\b|\bWeakRef\b|\bFinalizationRegistry\b/,
  ],
];

export const scopeCheck: Check = {
  name: 'C16',
  isAlone: true,
  inapplicable: () => undefined,
  judge: async (intake, tools) => scopeFinding(intake, tools),
};

function scopeFinding({ candidate, incumbent, origin }: Intake, tools: Tools): CheckFinding {
  const { manifest } = tools;
  const [after, before] = [tools.files(candidate), tools.files(incumbent)];
  const added = Object.keys(after).filter((path) => !Object.hasOwn(before, path));
  const size = tools.size(candidate);
  const most = manifest.growth * tools.size(origin);
  const outside = [
    ...added.map((path) => `the file ${quoted(path)}`),
    ...(tools.reach(incumbent, candidate) ?? []).flatMap((reach) =>
      beyond(reach, before, manifest),
    ),
    ...(size > most ? [`the size ${size}, above ${manifest.growth} times that of the origin`] : []),
    ...newSources(before, after),
  ];
  const evidence = { outside, size, most, files: Object.keys(after).length };
  const cases = Object.keys(after).length;
  if (outside.length === 0) {
    const why = 'It reaches for nothing that it did not before.';
    return { verdict: 'pass', why, evidence, cases, suspicion: 0 };
  }
  const list = outside.join('; ');
  return {
    verdict: 'pass',
    why: `It passes with the agreement of a person only: new are ${list}.`,
    evidence,
    cases,
    suspicion: suspicionOf(outside.length),
    needsPerson: `outside the manifest: ${list}`,
  };
}

/** Half of what is left for each thing: one is 0.5, three are 0.875. */
function suspicionOf(things: number): number {
  return 1 - 0.5 ** things;
}

/** @param before What it replaces: files of its own are no modules from outside. */
function beyond(
  { path, imports, privileges }: Reach,
  before: Files,
  { modules, privileges: granted = [] }: Manifest,
): readonly string[] {
  const foreign = imports.filter(
    (one) => !isOwn(one, path, before) && !modules.some((name) => allows(name, one)),
  );
  const at = `in ${quoted(path)}`;
  return [
    ...foreign.map((one) =>
      one === COMPUTED ? `an import by a computed name ${at}` : `the module ${quoted(one)} ${at}`,
    ),
    ...privileges
      .filter((one) => !granted.includes(one))
      .map((one) => `the privilege of ${one} ${at}`),
  ];
}

function allows(name: string, imported: string): boolean {
  return imported === COMPUTED ? name === COMPUTED : isInModule(imported, name);
}

/** A module that is one of the files it replaces: by a relative path, or in Python by the file's bare name. */
function isOwn(imported: string, from: string, files: Files): boolean {
  const folder = from.split('/').slice(0, -1);
  const isRelative = /^\.{1,2}\//.test(imported);
  if (!isRelative && !from.endsWith('.py')) return false;
  const path = pathFrom(folder, isRelative ? imported : imported.replaceAll('.', '/'));
  const wanted = path && withoutEnding(path);
  return wanted !== undefined && Object.keys(files).some((file) => withoutEnding(file) === wanted);
}

/** Undefined for what leads out of the folder of all. */
function pathFrom(folder: readonly string[], relative: string): string | undefined {
  const names = [...folder];
  for (const name of relative.split('/')) {
    if (name === '..' && names.pop() === undefined) return undefined;
    if (name !== '..' && name !== '.' && name !== '') names.push(name);
  }
  return names.join('/');
}

function withoutEnding(path: string): string {
  return path.replace(/\.[a-z]+$/, '');
}

function newSources(before: Files, after: Files): readonly string[] {
  const had = sources(before);
  return sources(after)
    .filter((name) => !had.includes(name))
    .map((name) => `${name} as a source of chance`);
}

function sources(files: Files): readonly string[] {
  const texts = Object.values(files);
  return SOURCES.filter(([, pattern]) => texts.some((text) => pattern.test(text))).map(
    ([name]) => name,
  );
}
