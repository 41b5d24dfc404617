/**
 * The ceiling of the comparison: a solver that is given every part the generated pool is made of
 * (examples/meta/generated/functions.mjs), each as one node, and learns costs alone (recursion2.md §3.1).
 *
 * Of the pool's 56 parts, `all`, `identity` and `list` change nothing and need no node; six are bare primitives.
 */
import type { Language } from './language.ts';
import { bareLanguage } from './language.ts';
import type { StoredAbstraction } from './library.ts';
import { withLibrary } from './library.ts';
import type { StoredTerm } from './term.ts';

const SUM: StoredTerm = ['fold', 'add', '#0'];
const MAX: StoredTerm = ['fold', 'max', '#0'];
const MIN: StoredTerm = ['fold', 'min', '#0'];
const MEAN: StoredTerm = ['idiv', SUM, ['len', '#0']];
const MEDIAN: StoredTerm = ['nth', ['app', 'half', ['len', '#0']], ['sort', '#0']];
const DELTAS: StoredTerm = ['zip', 'sub', ['tail', '#0'], '#0'];
const SIZES: StoredTerm = ['map', 'abs', '#0'];
const SQUARES: StoredTerm = ['map', 'sq', '#0'];
const DESCENDING: StoredTerm = ['rev', ['sort', '#0']];
const less = (value: StoredTerm): StoredTerm => ['map', ['subc', value], '#0'];

type Parts = Readonly<Record<string, StoredTerm>>;

export const SELECTIONS: Parts = {
  positive: ['filter', 'pos', '#0'],
  negative: ['filter', 'ltz', '#0'],
  even: ['filter', 'even', '#0'],
  odd: ['filter', 'odd', '#0'],
  'k-largest': ['take', 'k', DESCENDING],
  'k-smallest': ['take', 'k', ['sort', '#0']],
  'first-k': ['take', 'k', '#0'],
  'last-k': ['rev', ['take', 'k', ['rev', '#0']]],
  'after-k': ['drop', 'k', '#0'],
  'without-extremes': ['init', ['tail', ['sort', '#0']]],
  'above-mean': ['filter', ['gtc', MEAN], '#0'],
  'below-mean': ['filter', ['ltc', MEAN], '#0'],
  'above-median': ['filter', ['gtc', MEDIAN], '#0'],
  distinct: ['uniq', '#0'],
  'above-k': ['filter', ['gtc', 'k'], '#0'],
  sorted: ['sort', '#0'],
  'without-first': ['tail', '#0'],
  'without-max': ['init', ['sort', '#0']],
};

export const TRANSFORMS: Parts = {
  deltas: DELTAS,
  'absolute-deltas': ['map', 'abs', DELTAS],
  'prefix-sums': ['scan', 'add', '#0'],
  squares: SQUARES,
  absolute: SIZES,
  'minus-mean': less(MEAN),
  'minus-median': less(MEDIAN),
  'distance-to-mean': ['map', 'abs', less(MEAN)],
  'running-max': ['scan', 'max', '#0'],
  'running-min': ['scan', 'min', '#0'],
  'minus-min': less(MIN),
  'below-running-max': ['zip', 'sub', ['scan', 'max', '#0'], '#0'],
  gaps: ['zip', 'sub', ['tail', ['sort', '#0']], ['sort', '#0']],
  'neighbour-sums': ['zip', 'add', '#0', ['tail', '#0']],
  reverse: ['rev', '#0'],
  'plus-k': ['map', ['addc', 'k'], '#0'],
};

export const REDUCERS: Parts = {
  sum: SUM,
  max: MAX,
  min: MIN,
  range: ['minus', MAX, MIN],
  mean: MEAN,
  median: MEDIAN,
  count: ['len', '#0'],
  last: ['head', ['rev', '#0']],
  first: ['head', '#0'],
  'second-largest': ['nth', '1', DESCENDING],
  'sum-squares': ['fold', 'add', SQUARES],
  'sum-absolute': ['fold', 'add', SIZES],
  'count-positive': ['len', ['filter', 'pos', '#0']],
  'count-above-mean': ['len', ['filter', ['gtc', MEAN], '#0']],
  'max-absolute': ['fold', 'max', SIZES],
  'count-distinct': ['len', ['uniq', '#0']],
  'kth-smallest': ['nth', ['app', 'dec', 'k'], ['sort', '#0']],
  midrange: ['app', 'half', ['plus', MAX, MIN]],
  'mean-absolute': ['idiv', ['fold', 'add', SIZES], ['len', '#0']],
};

/** A bare primitive of the hole alone is in the language already; twice would make both dearer. */
const isBare = (body: StoredTerm): boolean => body.length === 2 && body[1] === '#0';

const abstractions = (kind: string, parts: Parts, type: 'I' | 'L'): StoredAbstraction[] =>
  Object.entries(parts)
    .filter(([, body]) => !isBare(body))
    .map(([name, body]) => ({ name: `${kind}/${name}`, type, args: ['L'], body }));

export const ORACLE_PARTS: readonly StoredAbstraction[] = [
  ...abstractions('selection', SELECTIONS, 'L'),
  ...abstractions('transform', TRANSFORMS, 'L'),
  ...abstractions('reducer', REDUCERS, 'I'),
];

export const oracleLanguage = (): Language => withLibrary(bareLanguage('numbers'), ORACLE_PARTS);
