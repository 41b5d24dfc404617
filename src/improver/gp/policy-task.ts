/**
 * A family of policies as a subject of search. A policy is a forest of one slot over what the family shows it,
 * interpreted here as data: it has no words for anything beyond arithmetic, so it needs no jail.
 */
import type { Rng } from '../../core/rng.ts';
import { shuffle } from '../../core/shuffled.ts';
import type { Situations } from '../../lang/behaviour.ts';
import { decodeForest } from '../../lang/codec.ts';
import { type Forest, invalid, positions } from '../../lang/forest.ts';
import { type Columns, createInterpreterCache, evaluateSlot } from '../../lang/interpret.ts';
import type { Vocabulary } from '../../lang/vocabulary.ts';
import type { Prices } from './meter.ts';
import type { Subject } from './subject.ts';

/** One value for each row asked about; it may be overwritten by the next call. */
export type AskPolicy = (rows: Columns) => Float64Array;

export interface Instance {
  /** Consecutive rows of one choice; the last group may not be shorter. */
  readonly groupSize: number;
  /** The value itself is what is decided, not its order among the rows of a group. */
  readonly isValued?: boolean;
  /** Rows that may be chosen while a policy is asked, 1 or 0; absent: all. */
  readonly open?: Uint8Array;
  /** Lower is better. The same policy costs the same, whatever was asked before. */
  cost(policy: AskPolicy): number;
}

export interface PolicyFamily {
  readonly name: string;
  readonly split: 'train' | 'held-out';
  readonly slot: { readonly name: string; readonly inputs: readonly string[] };
  /** Canonical text of what a person would use. */
  readonly start: string;
  readonly sizes: { readonly full: unknown; readonly twin: unknown };
  build(seed: number, size: unknown): Instance;
}

export interface PolicyTask {
  readonly subject: Subject;
  /** null where the family gives no finite cost. */
  costOf(subject: Pick<Subject, 'name'>, forest: Forest): number | null;
}

export interface TaskPrices {
  readonly full: Prices;
  readonly twin: Prices;
}

/** @param seed of the instances, an unsigned 32-bit integer; the twin's are others. */
export function policyTask(
  family: PolicyFamily,
  { seed, prices, rng }: { readonly seed: number; readonly prices: TaskPrices; readonly rng: Rng },
): PolicyTask {
  const { name, slot } = family;
  const vocabulary: Vocabulary = { slots: [{ ...slot, result: 'real' }] };
  const start = decodeForest(family.start, vocabulary);
  refuseTables(name, start);
  const full = family.build(seed, family.sizes.full);
  const twin = family.build((seed ^ TWIN) >>> 0, family.sizes.twin);
  const subjectOf = (instance: Instance, named: string, own: Prices): Subject => ({
    name: named,
    vocabulary,
    start,
    situations: recordSituations({ instance, slot: slot.name, start }, rng.fork(named)),
    isGrown: true,
    prices: own,
  });
  const small = subjectOf(twin, `${name} (twin)`, prices.twin);
  const costs = new Map([
    [name, costing(full, slot.name)],
    [small.name, costing(twin, slot.name)],
  ]);
  return {
    subject: { ...subjectOf(full, name, prices.full), twin: small },
    costOf: (subject, forest) => costs.get(subject.name)?.(forest) ?? null,
  };
}

/** Families write to the rows they ask about again and again, and a table remembers where rows lie in it. */
function refuseTables(name: string, { slots }: Forest): void {
  const hasTable = Object.values(slots).some((tree) =>
    positions(tree).some(({ node }) => node.op === 'grid'),
  );
  if (hasTable) throw invalid(`the start of ${name}`, 'a policy of a family has no tables');
}

/** Other instances for the twin than a smaller number of the same. */
const TWIN = 0x5bd1e995;

function costing(instance: Instance, slot: string): (forest: Forest) => number | null {
  const asked = asking(slot);
  return (forest) => {
    const cost = instance.cost(asked(forest));
    return Number.isFinite(cost) ? cost : null;
  };
}

/** How a forest is asked: each answer gives its buffer back when the next one is asked for. */
function asking(slot: string): (forest: Forest) => AskPolicy {
  const cache = createInterpreterCache();
  let last: Float64Array | undefined;
  return (forest) => (rows) => {
    if (last !== undefined) cache.release(last);
    last = evaluateSlot(forest, slot, rows, cache);
    return last;
  };
}

/** Choices remembered, and options of each. */
const CHOICES = 10;
const OPTIONS = 8;
/** Rows remembered where values are decided. */
const VALUED_ROWS = 48;

interface Recording {
  readonly instance: Instance;
  readonly slot: string;
  readonly start: Forest;
}

/**
 * Decisions that the start met in one run (reservoir sampling). Not quite evenly: what is no choice is taken off the
 * count only where it would have been kept, so later choices are drawn a little less often. Mending it changes every
 * behaviour hash, and with it all figures that name release 1 of the references: at the next freeze.
 */
export function recordSituations({ instance, slot, start }: Recording, rng: Rng): Situations {
  const { isValued = false } = instance;
  const most = isValued ? VALUED_ROWS : CHOICES;
  const kept: Record<string, number>[][] = [];
  let met = 0;
  const policy = asking(slot)(start);
  const look = (rows: Columns): void => {
    for (let group = 0; group < rows.length / instance.groupSize; group++) {
      met += 1;
      const place = kept.length < most ? kept.length : rng.int(met);
      if (place >= most) continue;
      const options = optionsOf(instance, rows, { group, rng });
      if (options === undefined) met -= 1;
      else kept[place] = options;
    }
  };
  instance.cost((rows) => {
    look(rows);
    return policy(rows);
  });
  const flat = kept.flat();
  const names = Object.keys(flat[0] ?? {});
  const columns = names.map((name) => [
    name,
    Float64Array.from(flat, (row) => row[name] as number),
  ]);
  const rows = { length: flat.length, columns: Object.fromEntries(columns) };
  return isValued ? { rows, groupSize: 1, valued: [slot] } : { rows, groupSize: OPTIONS };
}

/** Eight open options of a choice, with repetition where it has fewer; undefined where it is none. */
function optionsOf(
  { groupSize, open, isValued = false }: Instance,
  { columns }: Columns,
  { group, rng }: { readonly group: number; readonly rng: Rng },
): Record<string, number>[] | undefined {
  const all = Array.from({ length: groupSize }, (_, i) => group * groupSize + i);
  const rows = open === undefined ? all : all.filter((row) => open[row] === 1);
  const rowAt = (row: number): Record<string, number> =>
    Object.fromEntries(Object.keys(columns).map((name) => [name, columns[name]?.[row] as number]));
  if (isValued) return rows.map(rowAt);
  if (rows.length < 2) return undefined;
  shuffle(rows, rng);
  return Array.from({ length: OPTIONS }, (_, i) => rowAt(rows[i % rows.length] as number));
}
