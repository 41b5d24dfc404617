/**
 * What a person who knows the generator of tasks writes down before any search: 18 helpers and, by hand, what
 * is worth trying where (recursion2.md §3.1). The line that a learned library has to beat.
 *
 * FROZEN before the first run of the comparison, and held by a digest in expert.test.ts: never tuned to results,
 * neither up nor down.
 */
import type { Grammar } from './costs.ts';
import type { Language, ValueType } from './language.ts';
import { bareLanguage } from './language.ts';
import type { StoredAbstraction } from './library.ts';
import { withLibrary } from './library.ts';

export const EXPERT_HELPERS: readonly StoredAbstraction[] = [
  { name: 'sum', type: 'I', args: ['L'], body: ['fold', 'add', '#0'] },
  { name: 'maximum', type: 'I', args: ['L'], body: ['fold', 'max', '#0'] },
  { name: 'minimum', type: 'I', args: ['L'], body: ['fold', 'min', '#0'] },
  { name: 'mean', type: 'I', args: ['L'], body: ['idiv', ['sum', '#0'], ['len', '#0']] },
  {
    name: 'median',
    type: 'I',
    args: ['L'],
    body: ['nth', ['app', 'half', ['len', '#0']], ['sort', '#0']],
  },
  { name: 'range', type: 'I', args: ['L'], body: ['minus', ['maximum', '#0'], ['minimum', '#0']] },
  { name: 'last', type: 'I', args: ['L'], body: ['head', ['rev', '#0']] },
  { name: 'count', type: 'I', args: ['P', 'L'], body: ['len', ['filter', '#0', '#1']] },
  { name: 'sumBy', type: 'I', args: ['F', 'L'], body: ['sum', ['map', '#0', '#1']] },
  { name: 'deltas', type: 'L', args: ['L'], body: ['zip', 'sub', ['tail', '#0'], '#0'] },
  { name: 'prefix', type: 'L', args: ['L'], body: ['scan', 'add', '#0'] },
  { name: 'desc', type: 'L', args: ['L'], body: ['rev', ['sort', '#0']] },
  { name: 'top', type: 'L', args: ['I', 'L'], body: ['take', '#0', ['desc', '#1']] },
  { name: 'bottom', type: 'L', args: ['I', 'L'], body: ['take', '#0', ['sort', '#1']] },
  { name: 'absAll', type: 'L', args: ['L'], body: ['map', 'abs', '#0'] },
  { name: 'minusAll', type: 'L', args: ['I', 'L'], body: ['map', ['subc', '#0'], '#1'] },
  { name: 'runMax', type: 'L', args: ['L'], body: ['scan', 'max', '#0'] },
  { name: 'lastK', type: 'L', args: ['I', 'L'], body: ['rev', ['take', '#0', ['rev', '#1']]] },
];

type Weights = Readonly<Record<string, number>>;

/** How often each is wanted beneath a parent of which nothing else is said; others weigh `UNSAID`. */
export const EXPERT_WEIGHTS: Readonly<Record<ValueType, Weights>> = {
  L: {
    L: 20,
    filter: 6,
    minusAll: 5,
    deltas: 4,
    sort: 3,
    map: 3,
    absAll: 3,
    top: 2.5,
    bottom: 2.5,
    lastK: 2,
    take: 2,
    drop: 2,
    prefix: 2,
    runMax: 2,
    uniq: 2,
    tail: 2,
    zip: 2,
    init: 1.5,
    rev: 1.5,
    scan: 1,
    desc: 0.5,
  },
  I: { k: 4, mean: 4, median: 2.5, minimum: 2, maximum: 2, sum: 1, len: 1, '1': 1, '2': 1 },
  F: { sq: 5, addc: 4, abs: 3, subc: 2, neg: 1, half: 1, dbl: 1 },
  P: { gtc: 9, pos: 5, ltz: 5, even: 4, odd: 4, ltc: 3 },
  G: { add: 4, max: 3, min: 3, sub: 3, mul: 1 },
};

const COUNTS_TAKEN: Weights = { k: 20, '1': 2, '2': 2, len: 0.5, app: 0.5 };
const LIMITS: Weights = { mean: 8, k: 5, median: 4, '0': 0.5, maximum: 0.5, minimum: 0.5 };
const LEVELS: Weights = { mean: 7, median: 4, minimum: 4, maximum: 0.5, k: 0.5 };
const PREDICATES: Weights = { pos: 6, gtc: 8, ltz: 4, even: 3, odd: 3, ltc: 3 };

/** Instead of the above beneath this parent at this argument. */
export const EXPERT_PLACES: Readonly<Record<string, Weights>> = {
  'take.0': COUNTS_TAKEN,
  'drop.0': COUNTS_TAKEN,
  'top.0': COUNTS_TAKEN,
  'bottom.0': COUNTS_TAKEN,
  'lastK.0': COUNTS_TAKEN,
  'gtc.0': LIMITS,
  'ltc.0': LIMITS,
  'subc.0': LEVELS,
  'minusAll.0': LEVELS,
  'addc.0': { k: 12, '1': 1, '2': 1 },
  'nth.0': { '1': 5, app: 4, k: 3, '2': 1, minus: 0.5, len: 0.5 },
  'app.0': { dec: 4, half: 4, sq: 1, abs: 1, neg: 1, inc: 1, dbl: 1 },
  'app.1': { k: 4, plus: 4, len: 2, minus: 1, maximum: 0.5, minimum: 0.5, mean: 0.5 },
  'idiv.0': { sumBy: 4, plus: 4, sum: 3, count: 0.5 },
  'idiv.1': { len: 6, '2': 5, k: 1 },
  'plus.0': { maximum: 6, minimum: 1, mean: 1, sum: 1, last: 1, head: 1, len: 1 },
  'plus.1': { minimum: 6, maximum: 1, mean: 1, sum: 1, last: 1, head: 1, k: 2 },
  'minus.0': { maximum: 5, mean: 2, sum: 2, last: 2, len: 2, median: 1, head: 1, count: 1 },
  'minus.1': { minimum: 4, mean: 2, maximum: 2, head: 2, count: 2, median: 1, last: 1, k: 1 },
  'times.0': { k: 2, maximum: 2, minimum: 1, '2': 1 },
  'times.1': { minimum: 2, maximum: 1, len: 1, k: 1 },
  'fold.0': { mul: 1, max: 1, min: 1, add: 0.5, sub: 0.5 },
  'scan.0': { min: 6, mul: 0.5, sub: 0.5 },
  'zip.0': { add: 5, sub: 5, mul: 2, max: 0.5, min: 0.5 },
  'zip.1': { L: 6, runMax: 5, tail: 3, filter: 1, sort: 1, drop: 1 },
  'zip.2': { L: 8, tail: 5, filter: 1.5, sort: 1, rev: 1, drop: 1 },
  'map.0': { sq: 5, addc: 5, subc: 1, neg: 1, half: 1, dbl: 1, abs: 0.5 },
  'filter.0': PREDICATES,
  'count.0': PREDICATES,
  'sumBy.0': { sq: 6, abs: 6, subc: 0.5, addc: 0.5 },
  'deltas.0': {
    L: 12,
    sort: 5,
    filter: 4,
    lastK: 2,
    take: 2,
    drop: 2,
    deltas: 2,
    uniq: 2,
    tail: 2,
  },
  'init.0': { L: 8, sort: 6, tail: 4, filter: 1 },
  'tail.0': { L: 8, sort: 6, init: 2, filter: 2, desc: 1, lastK: 1, take: 1, drop: 1 },
  'desc.0': { L: 10, filter: 4, absAll: 2, deltas: 3, minusAll: 2, map: 2 },
  'rev.0': { L: 10, filter: 4, deltas: 2, minusAll: 2, prefix: 2, map: 2, absAll: 2 },
};

/** Everything that a type allows can be reached. */
const UNSAID = 0.25;

/** The bare language with the helpers. */
export const expertLanguage = (domain: 'numbers' | 'text' = 'numbers'): Language =>
  withLibrary(bareLanguage(domain), EXPERT_HELPERS);

/** Weights by hand as probabilities; of any language that `expertLanguage` began. */
export function expertGrammar({ primitives }: Language): Grammar {
  return primitives.map(({ name, args }) =>
    args.map((wanted, slot) => {
      const weights = EXPERT_PLACES[`${name}.${slot}`] ?? EXPERT_WEIGHTS[wanted];
      const row = Float64Array.from(primitives, (child) =>
        child.type === wanted ? (weights[child.name] ?? UNSAID) : 0,
      );
      const total = row.reduce((sum, weight) => sum + weight, 0);
      return row.map((weight) => weight / total);
    }),
  );
}
