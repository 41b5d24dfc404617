/**
 * Properties that nobody declared: what the origin shows on its own inputs. Determinism and type reject a
 * candidate that breaks them; the rest only after `safety.confirm` names it, and raises suspicion before.
 */
import { PacelineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { publicRoot, type Rng } from '../../core/rng.ts';
import { type Invariant, invariantsFor } from './invariants.ts';
import { type Relation, relationsFor } from './relations.ts';
import { isNear, rangeFault, type Shape, shapeOf, typeFault } from './shape.ts';
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
  /** For people who choose: also what raises no suspicion, and is worth nothing before it is confirmed. */
  readonly isOffered?: boolean;
}

/** These reject unasked: a candidate that breaks them is another kind of program. */
const UNASKED: ReadonlySet<string> = new Set(['determinism', 'type']);

/** Looked at unconfirmed. What else an origin shows a better program seldom shares: it is only offered. */
function isSuspect(name: string): boolean {
  const [kind = name] = name.split(':');
  return ['range', 'permutation', 'scaling', 'scale-invariance', 'idempotence'].includes(kind);
}

/** Cold answers are dear: as many inputs of a batch are answered twice. */
const TWICE = 600;

/** Confirmed only where answers must not change: of every other task it would refuse the gain. */
export const AS_ORIGIN = 'as-origin';

interface FoundOf {
  readonly evidence: readonly Evidence[];
  readonly shape: Shape | undefined;
  readonly relations: readonly Relation[];
  readonly invariants: readonly Invariant[];
}

export class Derived {
  readonly evidence: readonly Evidence[];
  private readonly shape: Shape | undefined;
  private readonly relations: readonly Relation[];
  private readonly invariants: readonly Invariant[];
  private readonly confirmed: ReadonlySet<string>;

  constructor(found: FoundOf, confirmed: readonly string[]) {
    this.evidence = found.evidence;
    this.shape = found.shape;
    this.relations = found.relations;
    this.invariants = found.invariants;
    this.confirmed = new Set([...UNASKED, ...confirmed]);
  }

  rejects(name: string): boolean {
    return this.confirmed.has(name);
  }

  suspects(name: string): boolean {
    return !this.rejects(name) && isSuspect(name);
  }

  /** A property looks at the origin's output on the same input. */
  get isCompared(): boolean {
    return this.confirmed.has(AS_ORIGIN) && this.evidence.some(({ name }) => name === AS_ORIGIN);
  }

  /** The first of the inputs backwards in a process that has answered nothing before; undefined: not asked for. */
  again(inputs: readonly Json[], subject: Subject, which: Which): Promise<Outputs> | undefined {
    const isAsked = which !== 'quick' && this.evidence.some(({ name }) => name === 'determinism');
    return isAsked ? backwards(inputs, subject) : undefined;
  }

  /**
   * One tally for each property that was derived, or for each that rejects; `quick`: and of these for those
   * that need no second process.
   */
  async judge(batch: Batch, beside: Beside, which: Which = 'all'): Promise<readonly Tally[]> {
    const wanted = this.evidence.filter(({ name }) => {
      if (name === 'determinism') return beside.again !== undefined;
      return this.rejects(name) || (which === 'all' && this.suspects(name));
    });
    const relations = this.relations.filter((one) => wanted.some(({ name }) => name === one.name));
    const related = await relate(relations, batch, beside.subject);
    const tallies: Tally[] = [];
    for (const { name } of wanted) {
      const tally = related.get(name) ?? (await this.tallyOf(name, batch, beside));
      tallies.push({ name, ...tally, ...(this.rejects(name) ? {} : { isUnconfirmed: true }) });
    }
    return tallies;
  }

  private async tallyOf(name: string, batch: Batch, beside: Beside): Promise<Found> {
    const { origin, again, references } = beside;
    if (name === 'determinism') return repeated(batch, again ?? []);
    if (name === AS_ORIGIN) return compared(batch, references ?? []);
    const { shape } = this;
    if (name === 'type' && shape !== undefined) {
      const found = tallied(batch, (output) => typeFault(output, shape));
      const first = await unanswered(batch, origin);
      return first === undefined ? found : { ...found, failed: found.failed + 1, first };
    }
    if (name === 'range') return tallied(batch, (output) => rangeFault(output, shape));
    const invariant = this.invariants.find((one) => one.name === name);
    return invariant === undefined ? NOTHING : invariantFound(invariant, batch);
  }
}

type Which = 'all' | 'rejecting' | 'quick';

interface Beside {
  readonly subject: Subject;
  readonly origin: Subject;
  /** The origin's outputs, where they are compared. */
  readonly references: Outputs | undefined;
  /** Of `Derived.again`. */
  readonly again: Outputs | undefined;
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
  { isDeterministic, confirmed, isOffered = false }: DerivedOptions,
): Promise<Derived> {
  const isWanted = ({ name }: { readonly name: string }): boolean =>
    isOffered || isSuspect(name) || confirmed.includes(name);
  const answered = answers(batch.outputs);
  const shape = shapeOf(answered);
  const evidence: Evidence[] = [];
  const keep = (name: string, says: string, { tried, failed }: Found): void => {
    if (tried > 0 && failed === 0) evidence.push({ name, says, tried, held: tried - failed });
  };
  let again = NOTHING;
  if (isDeterministic) {
    const found = repeated(batch, await backwards(batch.inputs, origin));
    keep(
      'determinism',
      'the same input gives the same output in another process, in another order',
      found,
    );
    again = found;
  }
  const all = { tried: answered.length, failed: 0 };
  keep('type', `the output is ${described(shape)}`, all);
  if (hasRange(shape)) keep('range', 'its numbers stay near those of the origin', all);
  const relations: Relation[] = [];
  const invariants: Invariant[] = [];
  // Of a constant everything is true.
  const isVaried = new Set(answered.map((output) => JSON.stringify(output))).size > 1;
  for (const invariant of isVaried ? invariantsFor(batch.inputs).filter(isWanted) : []) {
    const found = invariantFound(invariant, batch);
    if (found.tried < LEAST_EVIDENCE || found.failed > 0) continue;
    invariants.push(invariant);
    keep(invariant.name, invariant.says, found);
  }
  const possible = isVaried ? relationsFor(batch.inputs).filter(isWanted) : [];
  const related = await relate(possible, batch, origin);
  for (const relation of possible) {
    const found = related.get(relation.name) ?? NOTHING;
    if (found.tried < LEAST_EVIDENCE || found.failed > 0) continue;
    relations.push(relation);
    keep(relation.name, relation.says, found);
  }
  const says = 'the output is that of the origin: confirm it where answers must not change';
  if (isWanted({ name: AS_ORIGIN })) keep(AS_ORIGIN, says, again);
  const unknown = confirmed.find((name) => !evidence.some((one) => one.name === name));
  if (unknown === undefined)
    return new Derived({ evidence, shape, relations, invariants }, confirmed);
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

function invariantFound({ holds, says }: Invariant, { inputs, outputs }: Batch): Found {
  let [tried, failed] = [0, 0];
  let first: First | undefined;
  for (const [i, one] of outputs.entries()) {
    const input = inputs[i] as Json;
    const isKept = 'output' in one ? holds(input, one.output) : undefined;
    if (isKept === undefined) continue;
    tried++;
    if (isKept) continue;
    failed++;
    first ??= { input, why: `it is not so that ${says}` };
  }
  return { tried, failed, first };
}

async function backwards(inputs: readonly Json[], subject: Subject): Promise<Outputs> {
  const some = inputs.slice(0, TWICE);
  return (await subject.outputs(some.toReversed(), true)).toReversed();
}

/** `again`: of the first inputs, in a process that had answered nothing before. */
function repeated({ inputs, outputs }: Batch, again: Outputs): Found {
  const differs = (i: number): boolean =>
    JSON.stringify(said(again[i])) !== JSON.stringify(said(outputs[i]));
  const places = again.flatMap((_, i) => (differs(i) ? [i] : []));
  const [at] = places;
  const why = 'it gave another output in another process and order';
  const first = at === undefined ? undefined : { input: inputs[at] as Json, why };
  return { tried: again.length, failed: places.length, first };
}

/** What a failure says may name what is another each time. */
function said(one: Outputs[number] | undefined): Json {
  return one === undefined || 'failed' in one ? null : [one.output];
}

/** Where the origin answers; who is silent there breaks it as well. */
function compared({ inputs, outputs }: Batch, references: Outputs): Found {
  let [tried, failed] = [0, 0];
  let first: First | undefined;
  for (const [i, reference] of references.entries()) {
    if (!('output' in reference)) continue;
    tried++;
    const one = outputs[i];
    if (one !== undefined && 'output' in one && isNear(reference.output, one.output)) continue;
    failed++;
    first ??= { input: inputs[i] as Json, why: 'its output is not that of the origin' };
  }
  return { tried, failed, first };
}

interface Changed {
  readonly places: readonly number[];
  readonly inputs: readonly Json[];
  readonly after: Outputs;
}

/** Each change made once, and all of them answered in one row. */
async function relate(
  relations: readonly Relation[],
  batch: Batch,
  subject: Subject,
): Promise<ReadonlyMap<string, Found>> {
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
