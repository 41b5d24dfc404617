/**
 * What every YAML file of ours has in common: read, checked against its schema, and every problem
 * named with its place. Unknown keys are errors with the nearest known name.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { closest, distance } from 'fastest-levenshtein';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { PacelineError } from '../core/errors.ts';
import { asFileFault } from './file-fault.ts';
import { DURATIONS, plainWords } from './issue-words.ts';

/** @throws PacelineError `CONFIG_MISSING` with `hint` as its last sentence, or `CONFIG_INVALID`. */
export function readYamlFile(path: string, hint: string): unknown {
  if (!existsSync(path)) {
    throw new PacelineError('CONFIG_MISSING', `There is no ${path}. ${hint}`, { path });
  }
  if (statSync(path).isDirectory()) {
    throw new PacelineError('CONFIG_MISSING', `${path} is a folder. Name the file in it.`, {
      path,
    });
  }
  const value = readYaml(path);
  refuseBareDurations(value, path);
  return value;
}

/** What the task's own programs are told: their numbers are none of ours. */
const FOREIGN = 'params';

/** A number without a unit reads as seconds to some people and is milliseconds: nobody should guess. */
function refuseBareDurations(value: unknown, path: string): void {
  const problems = bareDurations(value, []);
  if (problems.length === 0) return;
  throw new PacelineError(
    'CONFIG_INVALID',
    `${path} cannot be used:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    { path, problems },
  );
}

function bareDurations(value: unknown, above: readonly string[]): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...above, key];
    if (key === FOREIGN) return [];
    if (!DURATIONS.has(key) || typeof inner !== 'number') return bareDurations(inner, place);
    return [`${place.join('.')}: ${inner} has no unit; write ${inner}s or ${inner}ms`];
  });
}

/** Of a file that somebody else's program defines: its numbers are in units of theirs. */
export function readYaml(path: string): unknown {
  try {
    return parseYaml(readFileSync(path, 'utf8'), { prettyErrors: true });
  } catch (cause) {
    const fault = asFileFault(cause);
    if (fault) throw fault;
    const where = cause instanceof YAMLParseError ? cause.message : String(cause);
    throw new PacelineError(
      'CONFIG_INVALID',
      `${path} is not readable YAML: ${where}`,
      { path },
      { cause },
    );
  }
}

/** A schema, and the JSON Schema of it that is published: did-you-mean reads its keys there. */
interface Form<T> {
  readonly schema: z.ZodType<T>;
  readonly jsonSchema: () => object;
}

/** @throws PacelineError `CONFIG_INVALID` naming every problem, one a line. */
export function checkAgainst<T>({ schema, jsonSchema }: Form<T>, value: unknown, path: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const form = { value, jsonSchema };
  const problems = result.error.issues.flatMap((issue) => describeIssue(issue, form));
  throw new PacelineError(
    'CONFIG_INVALID',
    `${path} cannot be used:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    {
      path,
      problems,
    },
  );
}

interface Written {
  readonly value: unknown;
  readonly jsonSchema: () => object;
}

function describeIssue(issue: z.core.$ZodIssue, written: Written): string[] {
  const { value, jsonSchema } = written;
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const inside = (inner: z.core.$ZodIssue): z.core.$ZodIssue => ({
      ...inner,
      path: [...issue.path, ...inner.path],
    });
    return nearestAlternative(issue.errors)
      .map(inside)
      .flatMap((one) => describeIssue(one, written));
  }
  const place = issue.path.join('.') || 'the file';
  if (issue.code !== 'unrecognized_keys') {
    const there = valueAt(value, issue.path);
    const wrong =
      misnaming(there, namesAt(issue.path, jsonSchema)) ??
      bareName(there, schemasAt(issue.path, jsonSchema)) ??
      (there === undefined && issue.code === 'invalid_type' ? 'is missing' : undefined);
    return [`${place}: ${wrong ?? plainWords(issue)}`];
  }
  const known = knownKeys(issue.path, jsonSchema);
  return issue.keys.map((key) => {
    if (known.includes(key)) {
      return `${place}: ${key} belongs to another use, mode or role than what stands beside it: leave one out`;
    }
    return `${place}: unknown key "${key}"${nearest(key, known) || listed(known)}`;
  });
}

/** More keys than a person reads in one line. */
const MOST_LISTED = 16;

function listed(known: readonly string[]): string {
  const isShort = known.length > 0 && known.length <= MOST_LISTED;
  return isShort ? `; what may stand there: ${[...known].sort().join(', ')}` : '';
}

/** `; did you mean …?`, or nothing where no name is near. */
export function nearest(word: string, names: readonly string[]): string {
  return isNear(word, names) ? `; did you mean ${closest(word, [...names])}?` : '';
}

/** Half of the word may be wrong: beyond that a guess misleads. */
function isNear(word: string, names: readonly string[]): boolean {
  return names.length > 0 && distance(word, closest(word, [...names])) <= word.length / 2;
}

/** Of alternatives none of which fits, the one whose complaints lie deepest: what was probably meant. */
function nearestAlternative(
  alternatives: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] {
  const depth = (issues: readonly z.core.$ZodIssue[]): number =>
    Math.max(
      0,
      ...issues.map((one) =>
        one.code === 'invalid_union'
          ? one.path.length + depth(nearestAlternative(one.errors))
          : one.path.length + (one.code === 'unrecognized_keys' ? 1 : 0),
      ),
    );
  return [...alternatives].sort((a, b) => depth(b) - depth(a))[0] ?? [];
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) => (typeof inner === 'object' ? Reflect.get(inner ?? {}, part) : undefined),
    value,
  );
}

/** Where a name is due and none of them stands there; undefined where it is something else that is wrong. */
function misnaming(word: unknown, names: readonly string[]): string | undefined {
  if (typeof word === 'object' || names.length === 0) return undefined;
  if (typeof word !== 'string') return `write one of ${names.join(', ')}`;
  if (names.includes(word)) return undefined;
  const near = closest(word, [...names]);
  // Of names as short as J1 everything would be near.
  const meant = distance(word, near) < word.length / 2 ? `; did you mean ${near}?` : '';
  return `"${word}" is none of ${names.join(', ')}${meant}`;
}

/** The name of something that needs a map; undefined where the name is not what is wrong. */
function bareName(word: unknown, schemas: readonly JsonSchema[]): string | undefined {
  const meant = schemas.find(({ properties }) => properties?.['use']?.const === word);
  if (typeof word !== 'string' || meant === undefined) return undefined;
  const keys = (meant.required ?? []).filter((key) => key !== 'use').map((key) => `, ${key}: …`);
  return `${word} needs more than its name: write { use: ${word}${keys.join('')} }`;
}

/** Keys that may stand at a path, read from the published JSON Schema; of alternatives, those of all. */
function knownKeys(path: readonly PropertyKey[], jsonSchema: () => object): string[] {
  return schemasAt(path, jsonSchema).flatMap(({ properties }) => Object.keys(properties ?? {}));
}

/** Names that may stand at a path, as a word or as the `use` of a map. */
function namesAt(path: readonly PropertyKey[], jsonSchema: () => object): readonly string[] {
  const named = (schema: JsonSchema | undefined): readonly unknown[] =>
    schema === undefined ? [] : [schema.const, ...(schema.enum ?? [])];
  const names = schemasAt(path, jsonSchema).flatMap((schema) => [
    ...named(schema),
    ...named(schema.properties?.['use']),
  ]);
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

function schemasAt(path: readonly PropertyKey[], jsonSchema: () => object): readonly JsonSchema[] {
  return path.reduce<readonly JsonSchema[]>(
    (schemas, part) =>
      schemas.flatMap((schema) => {
        const inner = typeof part === 'number' ? schema.items : schema.properties?.[String(part)];
        return inner ? alternativesOf(inner) : [];
      }),
    [jsonSchema() as JsonSchema],
  );
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly required?: readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
}

function alternativesOf(schema: JsonSchema): readonly JsonSchema[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [schema, ...inner.flatMap(alternativesOf)];
}
