/** What the schema library says of types and bounds, as people say it, in the units of the file. */
import type { z } from 'zod';
import { sizeText } from '../core/bytes.ts';

/** Keys whose numbers are milliseconds. */
export const DURATIONS: ReadonlySet<string> = new Set(['wall', 'timeout', 'cpu']);

const KINDS: Readonly<Record<string, string>> = {
  object: 'keys and values',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};
const COUNTED: Readonly<Record<string, string>> = { string: 'characters', array: 'entries' };

export function plainWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return boundWords(issue, issue.minimum, issue.inclusive === false ? 'more than' : 'at least');
    case 'too_big':
      return boundWords(issue, issue.maximum, issue.inclusive === false ? 'less than' : 'at most');
    default:
      return issue.message;
  }
}

/** A bound that has a sentence of its own keeps it. */
function boundWords(
  {
    origin,
    message,
    path,
  }: {
    readonly origin: string;
    readonly message: string;
    readonly path: readonly PropertyKey[];
  },
  bound: number | bigint,
  words: string,
): string {
  if (!/^Too (small|big)/.test(message)) return message;
  if (origin === 'array' && words === 'at least') return 'is empty: name at least one';
  if (origin === 'string' && words === 'at least') return 'is empty: write something';
  const counted = COUNTED[origin];
  if (counted !== undefined) return `must have ${words} ${bound} ${counted}`;
  return `must be ${words} ${inUnit(Number(bound), path)}`;
}

const SIZES: ReadonlySet<string> = new Set(['memory', 'output', 'file', 'disk', 'limit', 'cap']);

/** As the file writes it: `16mb`, `100ms`. */
function inUnit(bound: number, path: readonly PropertyKey[]): string {
  const key = String(path.at(-1));
  if (SIZES.has(key)) return sizeText(bound);
  return DURATIONS.has(key) ? `${bound}ms` : String(bound);
}
