/** Families of policies (examples/meta/policies) as tasks of a taste: what is searched, told apart, and scored. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { publicRoot, type Rng } from '../../src/core/rng.ts';
import { shuffled } from '../../src/core/shuffled.ts';
import type { Situations } from '../../src/lang/behaviour.ts';
import { decodeForest } from '../../src/lang/codec.ts';
import type { Forest } from '../../src/lang/forest.ts';
import { type Columns, createInterpreterCache, evaluateSlot } from '../../src/lang/interpret.ts';
import type { Vocabulary } from '../../src/lang/vocabulary.ts';

const FAMILIES = join(import.meta.dirname, '../../examples/meta/policies/families.mjs');

interface Instance {
  readonly groupSize: number;
  readonly isValued?: boolean;
  readonly open?: Uint8Array;
  cost(policy: (rows: Columns) => Float64Array): number;
}

export interface Family {
  readonly name: string;
  readonly split: 'train' | 'held-out';
  readonly slot: { readonly name: string; readonly inputs: readonly string[] };
  readonly start: string;
  readonly sizes: { readonly full: unknown };
  build(seed: number, size: unknown): Instance;
}

export interface Task {
  readonly name: string;
  readonly split: Family['split'];
  readonly vocabulary: Vocabulary;
  readonly situations: Situations;
  readonly origin: string;
  /** Oriented: higher is better; null where it has none. */
  score(text: string): number | null;
}

export async function families(split?: Family['split']): Promise<readonly Family[]> {
  const all = ((await import(pathToFileURL(FAMILIES).href)) as { readonly families: Family[] })
    .families;
  return all.filter((one) => split === undefined || one.split === split);
}

/**
 * The same task with several instances an evaluation, as a study with several cases has it: the mean of their scores,
 * none where one has none. Told apart by the situations of the first.
 */
export function withCases([first, ...others]: readonly [Task, ...Task[]]): Task {
  const all = [first, ...others];
  return {
    ...first,
    score(text) {
      let sum = 0;
      for (const one of all) {
        const score = one.score(text);
        if (score === null) return null;
        sum += score;
      }
      return sum / all.length;
    },
  };
}

/** Instances and situations of that seed. */
export function taskOf(family: Family, seed: number): Task {
  const { name, split, slot, start } = family;
  const vocabulary: Vocabulary = { slots: [{ ...slot, result: 'real' }] };
  const instance = family.build(seed, family.sizes.full);
  const asked = asking(slot.name);
  const rng = publicRoot(`situations ${name} ${seed}`).stream(0, 'situations');
  const recording = { instance, policy: asking(slot.name)(decodeForest(start, vocabulary)), rng };
  return {
    name,
    split,
    vocabulary,
    situations: situationsOf(recording, slot.name),
    origin: start,
    score(text) {
      const cost = instance.cost(asked(decodeForest(text, vocabulary)));
      return Number.isFinite(cost) ? -cost : null;
    },
  };
}

type Policy = (rows: Columns) => Float64Array;

function asking(slot: string): (forest: Forest) => Policy {
  const cache = createInterpreterCache();
  let last: Float64Array | undefined;
  return (forest) => (rows) => {
    if (last) cache.release(last);
    last = evaluateSlot(forest, slot, rows, cache);
    return last;
  };
}

interface Recording {
  readonly instance: Instance;
  readonly policy: Policy;
  readonly rng: Rng;
}

const CHOICES = 10;
const OPTIONS = 8;
const VALUED_ROWS = 48;

/** Choices that the start met in one run, drawn evenly over all of them. */
function situationsOf({ instance, policy, rng }: Recording, slot: string): Situations {
  const { isValued = false, groupSize, open } = instance;
  const most = isValued ? VALUED_ROWS : CHOICES;
  const kept: Record<string, number>[][] = [];
  let met = 0;
  instance.cost((rows) => {
    for (let from = 0; from < rows.length; from += groupSize) {
      const options = Array.from({ length: groupSize }, (_, i) => from + i).filter(
        (row) => open === undefined || open[row] === 1,
      );
      if (!isValued && options.length < 2) continue;
      met += 1;
      const place = kept.length < most ? kept.length : rng.int(met);
      if (place < most)
        kept[place] = drawn(options, isValued ? 1 : OPTIONS, rng).map((row) => rowOf(rows, row));
    }
    return policy(rows);
  });
  const flat = kept.flat();
  const columns = Object.keys(flat[0] ?? {}).map((name) => [
    name,
    Float64Array.from(flat, (row) => row[name] as number),
  ]);
  const rows = { length: flat.length, columns: Object.fromEntries(columns) };
  return isValued ? { rows, groupSize: 1, valued: [slot] } : { rows, groupSize: OPTIONS };
}

/** Without repetition as long as there are options. */
function drawn(options: readonly number[], count: number, rng: Rng): readonly number[] {
  const left = shuffled(options, rng);
  return Array.from({ length: count }, (_, i) => left[i % left.length] as number);
}

function rowOf({ columns }: Columns, row: number): Record<string, number> {
  return Object.fromEntries(
    Object.keys(columns).map((name) => [name, columns[name]?.[row] as number]),
  );
}
