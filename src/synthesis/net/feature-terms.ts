/**
 * The terms a task's outputs are compared with: what every primitive and abstraction of one list argument makes
 * of the input list. They come from the language, so the net's eyes grow with the library.
 */
import type { Language, Term, ValueType } from '../language.ts';
import { primitiveNamed } from '../language.ts';

export type OfValue = 'I' | 'L';

export interface FeatureTerm {
  readonly term: Term;
  readonly type: OfValue;
}

/** With two functions to choose, their pairs would outnumber everything else. */
const MOST_FUNCTIONS = 1;
const FUNCTIONS: ReadonlySet<ValueType> = new Set(['F', 'P', 'G']);

/** `L` and `k`, then each `f(… L …)`: an integer argument is `k`, a function each one without arguments. */
export function featureTerms(language: Language): readonly FeatureTerm[] {
  const leaf = (name: string): Term => ({ prim: primitiveNamed(language, name), args: [] });
  const input = leaf('L');
  const k = leaf('k');
  const constantsOf = (wanted: ValueType): readonly Term[] =>
    language.primitives.flatMap(({ type, args, body }, prim) =>
      type === wanted && args.length === 0 && body === undefined ? [{ prim, args: [] }] : [],
    );
  const choices = (type: ValueType): readonly Term[] => {
    if (type === 'L') return [input];
    return type === 'I' ? [k] : constantsOf(type);
  };
  const made = language.primitives.flatMap(({ type, args }, prim): readonly FeatureTerm[] => {
    if (type !== 'I' && type !== 'L') return [];
    if (args.filter((arg) => arg === 'L').length !== 1) return [];
    if (args.filter((arg) => FUNCTIONS.has(arg)).length > MOST_FUNCTIONS) return [];
    const rows = args.reduce<readonly (readonly Term[])[]>(
      (so, arg) => so.flatMap((row) => choices(arg).map((term) => [...row, term])),
      [[]],
    );
    return rows.map((row) => ({ term: { prim, args: row }, type }));
  });
  return [{ term: input, type: 'L' }, { term: k, type: 'I' }, ...made];
}
