/** Values of a foreign config, each of the kind that is needed or refused with its key. */
import type { Json } from '../../core/json.ts';
import type { Values } from './read-config.ts';
import { unusable } from './read-config.ts';

export interface Reader {
  anything(key: string): unknown;
  number(key: string): number | undefined;
  text(key: string): string | undefined;
  flag(key: string): boolean | undefined;
  numbers(key: string): readonly number[] | undefined;
  texts(key: string): readonly string[] | undefined;
  map(key: string): Readonly<Record<string, Json>> | undefined;
}

/** null is as not written. @throws PacelineError CONFIG_INVALID from each of its functions. */
export function readerOf(values: Values, path: string, prefix = ''): Reader {
  function read<T>(
    key: string,
    what: string,
    isOne: (value: unknown) => value is T,
  ): T | undefined {
    const value = values.get(key);
    if (value === undefined || value === null) return undefined;
    if (isOne(value)) return value;
    throw unusable(path, [`${prefix}${key}: must be ${what}, and is ${JSON.stringify(value)}`]);
  }
  return {
    anything: (key) => values.get(key),
    number: (key) => read(key, 'a number', isNumber),
    text: (key) => read(key, 'a text', isText),
    flag: (key) => read(key, 'true or false', (one) => typeof one === 'boolean'),
    numbers: (key) => read(key, 'a list of numbers', isListOf(isNumber)),
    texts: (key) => read(key, 'a list of texts', isListOf(isText)),
    map: (key) => read(key, 'keys and values', isMap),
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isListOf<T>(isOne: (value: unknown) => value is T) {
  return (value: unknown): value is readonly T[] => Array.isArray(value) && value.every(isOne);
}

function isMap(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
