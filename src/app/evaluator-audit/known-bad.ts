/** Known-bad candidates, made from the origin: none of them may score well with an honest evaluator. */
import { encodeForest } from '../../lang/codec.ts';
import { constant } from '../../lang/forest.ts';
import type { Vocabulary } from '../../lang/vocabulary.ts';
import { type Edit, edited } from '../../source/edit.ts';
import { extensionOf } from '../../source/language-of.ts';
import { editableSpans } from '../../source/program.ts';
import { SCRIPTS } from '../../source/typescript.ts';
import type { Files } from '../../tasks/contract.ts';
import { type Attack, attacksOn, CONTROL, type Target } from './attacks.ts';
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
  /** It attacks by statements that run when it is loaded. */
  readonly isCode?: true;
  /** It ends before it could answer. */
  readonly leaves?: true;
  /** A candidate that differs only in what it tampers with; it has to score no better than that one. */
  readonly beside?: string;
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
  /** All that a candidate hands over is JSON, in which nothing is `null`. */
  readonly isJson?: boolean;
}

export interface Attackers {
  readonly candidates: readonly KnownBad[];
  /** What the kind of task cannot make. */
  readonly skipped: readonly string[];
  /** Fails when it is loaded: where that changes nothing, no attack in code is run. Absent without code. */
  readonly control?: string;
}

/** How a language is attacked: undefined where the text has no place for it. */
interface Attackable {
  readonly withBodies: (path: string, text: string, value: string) => string | undefined;
  readonly withStatements: (path: string, text: string, code: string) => string | undefined;
  readonly nothing: string;
  readonly constants: readonly string[];
  readonly codeOf: (attack: Pick<Attack, 'script' | 'python'>) => string;
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
/** Answers that are none, whatever the task: they count as nothing. */
const NO_NUMBER: ReadonlySet<string> = new Set(['NaN', "float('nan')"]);
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
    ...attacksOn(material.target).flatMap((attack) => attacking(material, attack)),
  ];
  const made = found.filter((one): one is KnownBad => typeof one !== 'string');
  const origin = material.encode(files);
  const unlike = made.filter(({ text }) => text !== origin);
  const skipped = isCode
    ? found.filter((one) => typeof one === 'string')
    : [
        'constant functions and attacks in code: the files are not JavaScript, TypeScript or Python',
      ];
  const control = isCode ? withStatements(material, CONTROL) : undefined;
  return { candidates: unlike, skipped, ...(control ? { control: material.encode(control) } : {}) };
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
  { files }: Material,
  change: (path: string, text: string) => string | undefined,
): Files | undefined {
  const texts = Object.entries(files).map(([path, text]) => [path, change(path, text)] as const);
  if (texts.every(([, text]) => text === undefined)) return undefined;
  return Object.fromEntries(texts.map(([path, text]) => [path, text ?? files[path] ?? '']));
}

/** Every function gives what its language has for it; undefined where none may be changed. */
function returning(
  material: Material,
  of: (one: Attackable) => string | undefined,
): Files | undefined {
  return changed(material, (path, text) => {
    const how = attackableOf(path);
    const value = how && of(how);
    return value === undefined ? undefined : how?.withBodies(path, text, value);
  });
}

function nothingOf({ isJson }: Material): (one: Attackable) => string {
  return (one) => (isJson && one === SCRIPT ? 'null' : one.nothing);
}

function bodies(material: Material): readonly (KnownBad | string)[] {
  const nothing = returning(material, nothingOf(material));
  if (nothing === undefined)
    return ['constant functions: no function of the origin may be changed'];
  const agent: KnownBad = {
    name: 'null agent',
    what: 'every function returns nothing',
    kind: 'null',
    text: material.encode(nothing),
  };
  const most = Math.max(SCRIPT.constants.length, PYTHON.constants.length);
  const constants = Array.from({ length: most }, (_, i): readonly KnownBad[] => {
    const files = returning(material, (one) => one.constants[i]);
    const maker = Object.keys(material.files).flatMap((path) => attackableOf(path) ?? []);
    const value = maker.find((one) => one.constants[i] !== undefined)?.constants[i];
    if (files === undefined || value === undefined) return [];
    const what = `every function returns ${value}`;
    const kind = NO_NUMBER.has(value) ? 'null' : 'constant';
    return [{ name: `constant ${value}`, what, kind, text: material.encode(files) }];
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
  return wanted.flatMap(([name, what, kind, files]): readonly (KnownBad | string)[] => {
    if (files !== undefined) return [{ name, what, kind, text: material.encode(files) }];
    return hasData ? [name] : [];
  });
}

function halfOf(span: string): string {
  const half = span.slice(0, Math.floor(span.length / 2));
  // What is cut inside a surrogate pair would be no text, and a marker keeps its line.
  return `${half.replace(/[\uD800-\uDBFF]$/, '')}\n`;
}

function attacking(material: Material, attack: Attack): readonly (KnownBad | string)[] {
  const { name, what, kind, leaves } = attack;
  const { encode } = material;
  const files = withStatements(material, attack);
  if (files === undefined) return [name];
  const common = { name, what, kind, isCode: true as const, ...(leaves ? { leaves } : {}) };
  const made: KnownBad = { ...common, text: encode(files) };
  if (!attack.hidesErrors) return [made];
  // Beside right answers, comparisons that find no difference change nothing.
  const nothing = returning(material, nothingOf(material));
  const wrong = nothing && withStatements({ ...material, files: nothing }, attack);
  if (nothing === undefined || wrong === undefined) return [made];
  const unanswered = {
    name: `${name}, no answer`,
    what: `${what}, and every function returns nothing`,
    text: encode(wrong),
    beside: encode(nothing),
  };
  return [made, { ...made, ...unanswered }];
}

function withStatements(
  material: Material,
  code: Pick<Attack, 'script' | 'python'>,
): Files | undefined {
  return changed(material, (path, file) => {
    const how = attackableOf(path);
    return how?.withStatements(path, file, how.codeOf(code));
  });
}
