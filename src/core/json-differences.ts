/** Where two JSON values differ: their innermost places, named as `facts.trials.total` or `arms.0`. */
import type { Json } from './json.ts';

export interface JsonDifference {
  /** Empty for the whole. */
  readonly at: string;
  readonly found: Json | undefined;
  readonly due: Json | undefined;
}

export function jsonDifferences(
  found: Json | undefined,
  due: Json | undefined,
  at = '',
): readonly JsonDifference[] {
  const isAlike = isNested(found) && isNested(due) && Array.isArray(found) === Array.isArray(due);
  if (!isAlike) return JSON.stringify(found) === JSON.stringify(due) ? [] : [{ at, found, due }];
  const [ours, theirs] = [new Map(Object.entries(found)), new Map(Object.entries(due))];
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((key) =>
    jsonDifferences(ours.get(key), theirs.get(key), at === '' ? key : `${at}.${key}`),
  );
}

function isNested(value: Json | undefined): value is Json & object {
  return typeof value === 'object' && value !== null;
}
