/** A config.yaml of OpenEvolve: every key known, none refused, values of the right kind. */
import { PacelineError } from '../../core/errors.ts';
import { nearest, readYaml } from '../checked-yaml.ts';
import type { Handling, KeyRow } from './key-row.ts';
import { KEYS, OF_MODELS, rowOf } from './keys.ts';

export interface ReadRequest {
  readonly path: string;
  /** No model is asked: what is said of models and prompts is of no use. */
  readonly isModelFree: boolean;
  /** Keys to be read as if they were not written. */
  readonly without: readonly string[];
}

export interface Written {
  readonly key: string;
  readonly how: Handling | 'unused';
  readonly says: string;
}

/** What was written, by key: of the list of models one map each. */
export interface ForeignConfig {
  readonly path: string;
  readonly values: Values;
  readonly models: readonly Values[];
  /** In the order of the file, each key once. */
  readonly written: readonly Written[];
}

export type Values = ReadonlyMap<string, unknown>;

interface Leaf {
  /** As the table has it: `llm.models[].name`. */
  readonly key: string;
  /** As a person finds it: `llm.models.0.name`. */
  readonly place: string;
  readonly value: unknown;
}

const MODELS = 'llm.models';

/** @throws PacelineError CONFIG_INVALID naming every key that cannot be honoured, one a line. */
export function readForeignConfig(request: ReadRequest): ForeignConfig {
  const { path, without } = request;
  const leaves = leavesOf(readYaml(path) ?? {}, request);
  const known = without.filter((key) => !leaves.some((leaf) => isOf(leaf, key)));
  if (known.length > 0) {
    throw new PacelineError(
      'USAGE',
      `--without names ${known.join(', ')}, which ${path} does not have. Correct it, or leave it out.`,
      { keys: known },
    );
  }
  const kept = leaves.filter((leaf) => !without.some((key) => isOf(leaf, key)));
  const problems = kept.flatMap((leaf) => complaintAbout(leaf, request) ?? []);
  if (problems.length > 0) throw unusable(path, problems);
  const values = new Map(kept.map(({ place, value }) => [place, value]));
  return { path, values, models: modelsIn(kept), written: writtenIn(kept, request) };
}

/** @param problems Each a key and what is wrong with it. */
export function unusable(path: string, problems: readonly string[]): PacelineError {
  return new PacelineError(
    'CONFIG_INVALID',
    `${path} cannot be used:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    { path, problems: [...problems] },
  );
}

function isOf({ key, place }: Leaf, named: string): boolean {
  return [key, place].some((one) => one === named || one.startsWith(`${named}.`));
}

/** Sections that hold keys; whatever else holds something is a value. */
const SECTIONS: ReadonlySet<string> = new Set(
  KEYS.flatMap(({ key }) => {
    const parts = key.split('.');
    return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'));
  }),
);

function leavesOf(value: unknown, { path }: ReadRequest): readonly Leaf[] {
  if (isMap(value)) return below(value, { key: '', place: '' });
  throw unusable(path, ['the file: must be keys and values']);
}

interface Place {
  readonly key: string;
  readonly place: string;
}

function below(section: Readonly<Record<string, unknown>>, above: Place): readonly Leaf[] {
  return Object.entries(section).flatMap(([name, value]) => {
    const at = { key: joined(above.key, name), place: joined(above.place, name) };
    if (at.key === MODELS && Array.isArray(value)) {
      return value.flatMap((one: unknown, i) =>
        isMap(one)
          ? below(one, { key: `${MODELS}[]`, place: `${at.place}.${i}` })
          : [{ key: `${MODELS}[]`, place: `${at.place}.${i}`, value: one }],
      );
    }
    if (SECTIONS.has(at.key) && isMap(value)) return below(value, at);
    // An empty section asks for nothing.
    if (SECTIONS.has(at.key) && value === null) return [];
    return [{ ...at, value }];
  });
}

const joined = (above: string, name: string): string => (above === '' ? name : `${above}.${name}`);

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function complaintAbout({ key, place, value }: Leaf, request: ReadRequest): string | undefined {
  const row = rowOf(key);
  if (row === undefined) return `${place}: ${unknownWords(key)}`;
  if (isUnused(key, request) || row.how !== 'refused' || isHarmless(row, value)) return undefined;
  return `${place}: cannot be honoured: ${row.says}. To run without it: --without ${place}`;
}

function unknownWords(key: string): string {
  if (key === MODELS) return 'must be a list of models, each with a name';
  if (SECTIONS.has(key) || key === `${MODELS}[]`) return 'must be keys and values';
  const above = key.slice(0, key.lastIndexOf('.') + 1);
  const beside = KEYS.filter((row) => row.key.startsWith(above)).map((row) =>
    row.key.slice(above.length),
  );
  const own = beside.flatMap((one) => one.split('.')[0]?.replace('[]', '') ?? []);
  const name = key.slice(above.length);
  const elsewhere = KEYS.find((row) => row.key.endsWith(`.${name}`));
  const near = elsewhere ? `; did you mean ${elsewhere.key}?` : nearest(name, [...new Set(own)]);
  return `unknown key of OpenEvolve${near}${near === '' ? '.' : ''} To run without it: --without ${key}`;
}

function isHarmless({ harmless = [] }: KeyRow, value: unknown): boolean {
  if (value === null || value === '' || harmless.includes(value)) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function isUnused(key: string, { isModelFree }: ReadRequest): boolean {
  return isModelFree && OF_MODELS.some((section) => key.startsWith(section));
}

/** By name, for each model of the list. */
function modelsIn(leaves: readonly Leaf[]): readonly Values[] {
  const byIndex = new Map<string, Map<string, unknown>>();
  for (const { key, place, value } of leaves) {
    if (!key.startsWith(`${MODELS}[].`)) continue;
    const index = place.slice(MODELS.length + 1).split('.')[0] ?? '';
    const model = byIndex.get(index) ?? new Map<string, unknown>();
    byIndex.set(index, model.set(key.slice(`${MODELS}[].`.length), value));
  }
  return [...byIndex.values()];
}

function writtenIn(leaves: readonly Leaf[], request: ReadRequest): readonly Written[] {
  const keys = [...new Set(leaves.map(({ key }) => key))];
  return keys.flatMap((key) => {
    const row = rowOf(key);
    if (row === undefined) return [];
    const { how, says } = row;
    return [{ key, how: isUnused(key, request) ? ('unused' as const) : how, says }];
  });
}
