/**
 * Properties that nobody declared: what the origin shows on its own inputs. Determinism and type reject a
 * candidate that breaks them; the rest only after `safety.confirm` names it, and raises suspicion before.
 */
import { PacelineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { publicRoot, type Rng } from '../../core/rng.ts';
import { type Relation, relationsFor } from './relations.ts';
import { rangeFault, type Shape, shapeOf, typeFault } from './shape.ts';
import {
  type Batch,
  type First,
  type Outputs,
  type Subject,
  type Tally,
  unanswered,
} from './subject.ts';

/** A relation that held on fewer inputs of the origin is not proposed. */
export const LEAST_EVIDENCE = 200;

/** What the origin showed. */
export interface Evidence {
  readonly name: string;
  /** One sentence without its full stop. */
  readonly says: string;
  readonly tried: number;
  readonly held: number;
}

export interface DerivedOptions {
  /** The task says that a candidate repeats itself. */
  readonly isDeterministic: boolean;
  /** `safety.confirm`. */
  readonly confirmed: readonly string[];
}

/** These reject unasked: a candidate that breaks them is another kind of program. */
const UNASKED: ReadonlySet<string> = new Set(['determinism', 'type']);

/** Cold answers are dear: as many inputs of a batch are answered twice. */
const TWICE = 200;

export class Derived {
  readonly evidence: readonly Evidence[];
  private readonly shape: Shape | undefined;
  private readonly relations: readonly Relation[];
  private readonly confirmed: ReadonlySet<string>;

  constructor(
    found: { readonly evidence: readonly Evidence[]; readonly shape: Shape | undefined },
    relations: readonly Relation[],
    confirmed: readonly string[],
  ) {
    this.evidence = found.evidence;
    this.shape = found.shape;
    this.relations = relations;
    this.confirmed = new Set([...UNASKED, ...confirmed]);
  }

  rejects(name: string): boolean {
    return this.confirmed.has(name);
  }

  /**
   * One tally for each property that was derived, or for each that rejects; `quick`: and of these for those
   * that need no second process.
   */
  async judge(batch: Batch, sides: Sides, which: Which = 'all'): Promise<readonly Tally[]> {
    const tallies: Tally[] = [];
    for (const { name } of this.evidence) {
      if (which !== 'all' && !this.rejects(name)) continue;
      if (which === 'quick' && name === 'determinism') continue;
      const tally = await this.tallyOf(name, batch, sides);
      tallies.push({ name, ...tally, ...(this.rejects(name) ? {} : { isUnconfirmed: true }) });
    }
    return tallies;
  }

  private async tallyOf(name: string, batch: Batch, { subject, origin }: Sides): Promise<Found> {
    if (name === 'determinism') return repeated(batch, subject);
    const { shape } = this;
    if (name === 'type' && shape !== undefined) {
      const found = tallied(batch, (output) => typeFault(output, shape));
      const first = await unanswered(batch, origin);
      return first === undefined ? found : { ...found, failed: found.failed + 1, first };
    }
    if (name === 'range') return tallied(batch, (output) => rangeFault(output, shape));
    const relation = this.relations.find((one) => one.name === name);
    return relation === undefined ? NOTHING : related(relation, batch, subject);
  }
}

type Which = 'all' | 'rejecting' | 'quick';

interface Sides {
  readonly subject: Subject;
  readonly origin: Subject;
}

type Found = Omit<Tally, 'name'>;
const NOTHING: Found = { tried: 0, failed: 0 };

/**
 * Tries everything on the origin.
 * @throws PacelineError CONFIG_INVALID for a confirmed name that the origin does not show.
 */
export async function derive(
  batch: Batch,
  origin: Subject,
  { isDeterministic, confirmed }: DerivedOptions,
): Promise<Derived> {
  const answered = answers(batch.outputs);
  const shape = shapeOf(answered);
  const evidence: Evidence[] = [];
  const keep = (name: string, says: string, { tried, failed }: Found): void => {
    if (tried > 0 && failed === 0) evidence.push({ name, says, tried, held: tried - failed });
  };
  if (isDeterministic) {
    const found = await repeated(batch, origin);
    keep(
      'determinism',
      'the same input gives the same output in another process, in another order',
      found,
    );
  }
  const all = { tried: answered.length, failed: 0 };
  keep('type', `the output is ${described(shape)}`, all);
  if (hasRange(shape)) keep('range', 'its numbers stay near those of the origin', all);
  const relations: Relation[] = [];
  // Of a constant everything is true.
  const isVaried = new Set(answered.map((output) => JSON.stringify(output))).size > 1;
  for (const relation of isVaried ? relationsFor(batch.inputs) : []) {
    const found = await related(relation, batch, origin);
    if (found.tried < LEAST_EVIDENCE || found.failed > 0) continue;
    relations.push(relation);
    keep(relation.name, relation.says, found);
  }
  const unknown = confirmed.find((name) => !evidence.some((one) => one.name === name));
  if (unknown === undefined) return new Derived({ evidence, shape }, relations, confirmed);
  throw new PacelineError(
    'CONFIG_INVALID',
    `safety.confirm names ${JSON.stringify(unknown)}, which the origin does not show. It shows ${evidence.map(({ name }) => name).join(', ') || 'nothing'}: confirm one of these, or declare the property (paceline checks).`,
    { key: 'safety.confirm', name: unknown },
  );
}

function answers(outputs: Outputs): readonly Json[] {
  return outputs.flatMap((one) => ('output' in one ? [one.output] : []));
}

function described(shape: Shape | undefined): string {
  const kinds = [...(shape?.kinds ?? [])];
  const item = shape?.item ? ` of ${[...shape.item.kinds].join(' or ')}s` : '';
  return `a ${kinds.join(' or a ')}${item}`;
}

function hasRange(shape: Shape | undefined): boolean {
  if (shape === undefined) return false;
  return (
    shape.range !== undefined ||
    hasRange(shape.item) ||
    Object.values(shape.keys ?? {}).some(hasRange)
  );
}

function tallied({ inputs, outputs }: Batch, fault: (output: Json) => string | undefined): Found {
  let [tried, failed] = [0, 0];
  let first: First | undefined;
  for (const [i, one] of outputs.entries()) {
    if (!('output' in one)) continue;
    tried++;
    const why = fault(one.output);
    if (why === undefined) continue;
    failed++;
    first ??= { input: inputs[i] as Json, why };
  }
  return { tried, failed, first };
}

/** The same inputs backwards in a process that has answered nothing before. */
async function repeated({ inputs, outputs }: Batch, subject: Subject): Promise<Found> {
  const some = inputs.slice(0, TWICE);
  const again = (await subject.outputs(some.toReversed(), true)).toReversed();
  const differs = (i: number): boolean =>
    JSON.stringify(said(again[i])) !== JSON.stringify(said(outputs[i]));
  const places = some.flatMap((_, i) => (differs(i) ? [i] : []));
  const [at] = places;
  const why = 'it gave another output in another process and order';
  const first = at === undefined ? undefined : { input: some[at] as Json, why };
  return { tried: some.length, failed: places.length, first };
}

/** What a failure says may name what is another each time. */
function said(one: Outputs[number] | undefined): Json {
  return one === undefined || 'failed' in one ? null : [one.output];
}

async function related(relation: Relation, batch: Batch, subject: Subject): Promise<Found> {
  const places: number[] = [];
  const inputs: Json[] = [];
  for (const [i, one] of batch.outputs.entries()) {
    if (!('output' in one)) continue;
    const changed = relation.change(batch.inputs[i] as Json, one.output, drawn(batch, i));
    if (changed === undefined) continue;
    places.push(i);
    inputs.push(changed);
  }
  const after = await subject.outputs(inputs);
  let failed = 0;
  let first: First | undefined;
  for (const [k, i] of places.entries()) {
    const [before, now] = [batch.outputs[i], after[k]];
    if (before !== undefined && 'output' in before && now !== undefined && 'output' in now) {
      if (relation.holds(before.output, now.output)) continue;
    }
    failed++;
    first ??= { input: batch.inputs[i] as Json, why: `it is not so that ${relation.says}` };
  }
  return { tried: places.length, failed, first };
}

function drawn({ seed }: Batch, i: number): Rng {
  return publicRoot(String(seed)).stream(i, 'relation');
}
