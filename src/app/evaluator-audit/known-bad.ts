/** Known-bad candidates, made from the origin: none of them may score well with an honest evaluator. */
import { encodeForest } from '../../lang/codec.ts';
import { constant } from '../../lang/forest.ts';
import type { Vocabulary } from '../../lang/vocabulary.ts';
import { type Edit, edited } from '../../source/edit.ts';
import { extensionOf } from '../../source/language-of.ts';
import { editableSpans } from '../../source/program.ts';
import { SCRIPTS } from '../../source/typescript.ts';
import type { Files } from '../../tasks/contract.ts';
import { type Attack, attacksOn, type Target } from './attacks.ts';
import { pythonBodies, pythonStatements } from './python.ts';
import { scriptBodies, scriptStatements } from './script.ts';

export interface KnownBad {
  readonly name: string;
  readonly what: string;
  /**
   * `null`: does nothing. `forged`: hands in a result of its own. `constant`: one answer to everything.
   * `tamper`: changes what others compute with. `reach`: throws where it reaches what is not its own, and
   * behaves as the origin where it is held. `noise`: a nuisance.
   */
  readonly kind: 'null' | 'forged' | 'constant' | 'tamper' | 'reach' | 'noise';
  /** Canonical text of the candidate. */
  readonly text: string;
}

export interface Material {
  /** Editable files of the origin. */
  readonly files: Files;
  readonly encode: (files: Files) => string;
  /** Of a closed language: its candidates are arithmetic, and nothing can be attacked from there. */
  readonly vocabulary?: Vocabulary;
  readonly target: Target;
}

export interface Attackers {
  readonly candidates: readonly KnownBad[];
  /** What the kind of task cannot make. */
  readonly skipped: readonly string[];
}

/** How a language is attacked: undefined where the text has no place for it. */
interface Attackable {
  readonly withBodies: (path: string, text: string, value: string) => string | undefined;
  readonly withStatements: (path: string, text: string, code: string) => string | undefined;
  readonly nothing: string;
  readonly constants: readonly string[];
  readonly codeOf: (attack: Attack) => string;
}

const SCRIPT: Attackable = {
  withBodies: scriptBodies,
  withStatements: scriptStatements,
  nothing: 'undefined',
  constants: ['null', '0', "''", 'NaN', 'Infinity', '-Infinity', '1e-161', '1e300'],
  codeOf: ({ script: code }) => code,
};
const PYTHON: Attackable = {
  withBodies: pythonBodies,
  withStatements: pythonStatements,
  nothing: 'None',
  constants: ['0', "''", "float('nan')", "float('inf')", "float('-inf')", '1e-161', '1e300'],
  codeOf: ({ python: code }) => code,
};
const DATA: ReadonlySet<string> = new Set(['json', 'txt', 'md']);
/** Of a closed language, whose numbers are finite. */
const LEVELS = [0, 1, -1, 1e-161, 1e300, -1e300];

export function knownBad(material: Material): Attackers {
  const { files, vocabulary } = material;
  if (vocabulary !== undefined) return constantForests(vocabulary);
  const makers = Object.keys(files).map(attackableOf);
  const isCode = makers.some((one) => one !== undefined);
  const found = [
    ...bodies(material),
    ...emptied(material),
    ...attacksOn(material.target).map((attack) => attacking(material, attack)),
  ];
  const made = found.filter((one): one is KnownBad => typeof one !== 'string');
  const origin = material.encode(files);
  const unlike = made.filter(({ text }) => text !== origin);
  const skipped = isCode
    ? found.filter((one) => typeof one === 'string')
    : [
        'constant functions and attacks in code: the files are not JavaScript, TypeScript or Python',
      ];
  return { candidates: unlike, skipped };
}

function constantForests({ slots }: Vocabulary): Attackers {
  const candidates = LEVELS.map((level): KnownBad => {
    const trees = slots.map(({ name }) => [name, constant(level)] as const);
    const text = encodeForest({ slots: Object.fromEntries(trees) });
    return { name: `constant ${level}`, what: `gives ${level} always`, kind: 'constant', text };
  });
  const skipped = ['a null agent and attacks in code: the closed language has no words for them'];
  return { candidates, skipped };
}

function attackableOf(path: string): Attackable | undefined {
  const extension = extensionOf(path);
  if (SCRIPTS.has(extension)) return SCRIPT;
  return extension === 'py' ? PYTHON : undefined;
}

/** Every file that changes under `change`; undefined where none does. */
function changed(
  { files, encode }: Material,
  change: (path: string, text: string) => string | undefined,
): string | undefined {
  const texts = Object.entries(files).map(([path, text]) => [path, change(path, text)] as const);
  if (texts.every(([, text]) => text === undefined)) return undefined;
  const all = texts.map(([path, text]) => [path, text ?? files[path] ?? ''] as const);
  return encode(Object.fromEntries(all));
}

function bodies(material: Material): readonly (KnownBad | string)[] {
  const returning = (of: (one: Attackable) => string | undefined) =>
    changed(material, (path, text) => {
      const how = attackableOf(path);
      const value = how && of(how);
      return value === undefined ? undefined : how?.withBodies(path, text, value);
    });
  const nothing = returning((one) => one.nothing);
  if (nothing === undefined)
    return ['constant functions: no function of the origin may be changed'];
  const agent: KnownBad = {
    name: 'null agent',
    what: 'every function returns nothing',
    kind: 'null',
    text: nothing,
  };
  const most = Math.max(SCRIPT.constants.length, PYTHON.constants.length);
  const constants = Array.from({ length: most }, (_, i): readonly KnownBad[] => {
    const text = returning((one) => one.constants[i]);
    const maker = Object.keys(material.files).flatMap((path) => attackableOf(path) ?? []);
    const value = maker.find((one) => one.constants[i] !== undefined)?.constants[i];
    if (text === undefined || value === undefined) return [];
    const what = `every function returns ${value}`;
    return [{ name: `constant ${value}`, what, kind: 'constant', text }];
  });
  return [agent, ...constants.flat()];
}

/** What any file can be reduced to. */
function emptied(material: Material): readonly (KnownBad | string)[] {
  const filled = (of: (path: string, span: string) => string | undefined) =>
    changed(material, (path, text) => {
      const spans = editableSpans(text);
      const edits = spans.flatMap(({ start, end }): Edit[] => {
        const to = of(path, text.slice(start, end));
        return to === undefined ? [] : [{ start, end, text: to }];
      });
      return edited({ text, spans }, edits);
    });
  const json = (text: string) => (path: string) =>
    extensionOf(path) === 'json' ? text : undefined;
  const hasData = Object.keys(material.files).some((path) => DATA.has(extensionOf(path)));
  const wanted = [
    ['empty', 'all that may be changed is left out', 'null', filled(() => '')],
    ['empty list', 'the data are []', 'null', filled(json('[]\n'))],
    ['empty record', 'the data are {}', 'null', filled(json('{}\n'))],
    ['truncated', 'the second half is missing', 'noise', filled((_, span) => halfOf(span))],
  ] as const;
  return wanted.flatMap(([name, what, kind, text]): readonly (KnownBad | string)[] => {
    if (text !== undefined) return [{ name, what, kind, text }];
    return hasData ? [name] : [];
  });
}

function halfOf(span: string): string {
  const half = span.slice(0, Math.floor(span.length / 2));
  // What is cut inside a surrogate pair would be no text, and a marker keeps its line.
  return `${half.replace(/[\uD800-\uDBFF]$/, '')}\n`;
}

function attacking(material: Material, attack: Attack): KnownBad | string {
  const { name, what, kind } = attack;
  const text = changed(material, (path, file) => {
    const how = attackableOf(path);
    return how?.withStatements(path, file, how.codeOf(attack));
  });
  return text === undefined ? name : { name, what, kind, text };
}
