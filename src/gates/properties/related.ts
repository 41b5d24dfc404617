/** Relations of one batch: each change made once, and all of them answered in one row. */
import type { Json } from '../../core/json.ts';
import { publicRoot, type Rng } from '../../core/rng.ts';
import { type Found, NOTHING } from './found.ts';
import type { Relation } from './relations.ts';
import type { Batch, First, Outputs, Subject } from './subject.ts';

interface Changed {
  readonly places: readonly number[];
  readonly inputs: readonly Json[];
  readonly after: Outputs;
}

/** What was found of each, by name. */
export async function relate(
  relations: readonly Relation[],
  batch: Batch,
  subject: Subject,
): Promise<Map<string, Found>> {
  const made = new Map<Relation['change'], Omit<Changed, 'after'>>();
  for (const { change } of relations) {
    if (!made.has(change)) made.set(change, changedBy(change, batch));
  }
  const answers = await subject.outputs([...made.values()].flatMap(({ inputs }) => inputs));
  let from = 0;
  const changed = new Map<Relation['change'], Changed>();
  for (const [change, { places, inputs }] of made) {
    changed.set(change, { places, inputs, after: answers.slice(from, from + inputs.length) });
    from += inputs.length;
  }
  return new Map(
    relations.map((relation) => {
      const of = changed.get(relation.change);
      return [relation.name, of ? related(relation, batch, of) : NOTHING];
    }),
  );
}

function changedBy(change: Relation['change'], batch: Batch): Omit<Changed, 'after'> {
  const places: number[] = [];
  const inputs: Json[] = [];
  for (const [i, one] of batch.outputs.entries()) {
    if (!('output' in one)) continue;
    const changed = change(batch.inputs[i] as Json, one.output, () => drawn(batch, i));
    if (changed === undefined) continue;
    places.push(i);
    inputs.push(changed);
  }
  return { places, inputs };
}

function related(relation: Relation, batch: Batch, { places, after }: Changed): Found {
  const broken: number[] = [];
  let first: First | undefined;
  for (const [k, i] of places.entries()) {
    const [before, now] = [batch.outputs[i], after[k]];
    if (before !== undefined && 'output' in before && now !== undefined && 'output' in now) {
      if (relation.holds(before.output, now.output)) continue;
    }
    broken.push(i);
    first ??= { input: batch.inputs[i] as Json, why: `it is not so that ${relation.says}` };
  }
  return { tried: places.length, failed: broken.length, first, places: broken };
}

function drawn({ seed }: Batch, i: number): Rng {
  return publicRoot(String(seed)).stream(i, 'relation');
}
