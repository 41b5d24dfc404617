/**
 * Properties that nobody declared: what the origin shows on its own inputs. Determinism and type reject a
 * candidate that breaks them; the rest only after `safety.confirm` names it, and raises suspicion before.
 */
import { PacelineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import {
  backwards,
  compared,
  type Found,
  invariantFound,
  NOTHING,
  repeated,
  tallied,
} from './found.ts';
import { type Invariant, invariantsFor } from './invariants.ts';
import { besidesOrigin } from './of-origin.ts';
import { relate } from './related.ts';
import { type Relation, relationsFor } from './relations.ts';
import { rangeFault, type Shape, shapeOf, typeFault } from './shape.ts';
import { type Batch, type Outputs, type Subject, type Tally, unanswered } from './subject.ts';

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
  /** CPU time of one answer of the origin's, ms: known once its inputs were answered. */
  readonly callMs?: number;
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

  /** Answers of each case beside its own: to what rejects, and to what is only suspected and in another process. */
  get calls(): { readonly rejecting: number; readonly extra: number } {
    const changes = (isOne: (name: string) => boolean): Set<Relation['change']> =>
      new Set(this.relations.filter(({ name }) => isOne(name)).map(({ change }) => change));
    const rejecting = changes((name) => this.rejects(name));
    const suspected = changes((name) => this.suspects(name));
    const isRepeated = this.evidence.some(({ name }) => name === 'determinism');
    const only = [...suspected].filter((change) => !rejecting.has(change));
    return { rejecting: rejecting.size, extra: only.length + Number(isRepeated) };
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
    for (const one of relations) {
      const isBroken = (related.get(one.name)?.failed ?? 0) > 0;
      if (isBroken) related.set(one.name, await brokenBesideOrigin(one, batch, beside));
    }
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
      const found = await besidesOrigin(batch, beside, (of) =>
        tallied(of, (output) => typeFault(output, shape)),
      );
      const first = await unanswered(batch, origin);
      return first === undefined ? found : { ...found, failed: found.failed + 1, first };
    }
    if (name === 'range') {
      return besidesOrigin(batch, beside, (of) => tallied(of, (one) => rangeFault(one, shape)));
    }
    const invariant = this.invariants.find((one) => one.name === name);
    if (invariant === undefined) return NOTHING;
    return besidesOrigin(batch, beside, (of) => invariantFound(invariant, of));
  }
}

function brokenBesideOrigin(one: Relation, batch: Batch, beside: Beside): Promise<Found> {
  return besidesOrigin(batch, beside, async (of, subject) => {
    return (await relate([one], of, subject)).get(one.name) ?? NOTHING;
  });
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

/**
 * Tries everything on the origin.
 * @throws PacelineError CONFIG_INVALID for a confirmed name that the origin does not show.
 */
export async function derive(
  batch: Batch,
  origin: Subject,
  options: DerivedOptions,
): Promise<Derived> {
  const { isDeterministic, confirmed, isOffered = false } = options;
  const isWanted = (name: string): boolean =>
    isOffered || isSuspect(name) || confirmed.includes(name);
  const answered = answers(batch.outputs);
  const shape = shapeOf(answered);
  const repeating = isDeterministic ? backwards(batch.inputs, origin) : undefined;
  repeating?.catch(() => undefined); // Told where it is awaited.
  // Of a constant everything is true.
  const isVaried = new Set(answered.map((output) => JSON.stringify(output))).size > 1;
  const isTried = ({ name }: { readonly name: string }): boolean => isVaried && isWanted(name);
  const possible = invariantsFor(batch.inputs).filter(isTried);
  const invariants = possible.filter((one) => isShown(invariantFound(one, batch)));
  const changes = affordable(relationsFor(batch.inputs).filter(isTried), batch, options);
  const related = await relate(await unbroken(changes, batch, origin), batch, origin);
  const again = repeating ? repeated(batch, await repeating) : NOTHING;
  const relations = changes.filter(({ name }) => isShown(related.get(name) ?? NOTHING));
  const all = { tried: answered.length, failed: 0 };
  const held: readonly Held[] = [
    { name: 'determinism', says: REPEATS, ...again },
    { name: 'type', says: `the output is ${described(shape)}`, ...all },
    ...(hasRange(shape) ? [{ name: 'range', says: NEAR, ...all }] : []),
    ...invariants.map((one) => ({ ...one, ...invariantFound(one, batch) })),
    ...relations.map((one) => ({ ...one, ...(related.get(one.name) ?? NOTHING) })),
    ...(isWanted(AS_ORIGIN) ? [{ name: AS_ORIGIN, says: SAME, ...again }] : []),
  ];
  const evidence = held
    .filter(({ tried, failed }) => tried > 0 && failed === 0)
    .map(({ name, says, tried }) => ({ name, says, tried, held: tried }));
  refuseUnknown(confirmed, evidence);
  return new Derived({ evidence, shape, relations, invariants }, confirmed);
}

/** What most relations break on shows on the first few: of those nothing more is asked. */
async function unbroken(
  changes: readonly Relation[],
  { seed, inputs, outputs }: Batch,
  origin: Subject,
): Promise<readonly Relation[]> {
  const few = { seed, inputs: inputs.slice(0, FIRST), outputs: outputs.slice(0, FIRST) };
  const found = await relate(changes, few, origin);
  return changes.filter(({ name }) => (found.get(name) ?? NOTHING).failed === 0);
}

const FIRST = 32;

/** CPU time of the origin for relations that nobody confirmed, which reject nothing, ms. */
const SUSPECTS_MS = 6000;

/** All that were confirmed or are offered; of the others the first that the origin answers in that time. */
function affordable(
  relations: readonly Relation[],
  { inputs }: Batch,
  { callMs = 0, confirmed, isOffered = false }: DerivedOptions,
): readonly Relation[] {
  const most = Math.floor(SUSPECTS_MS / Math.max(1e-6, callMs * inputs.length));
  const changes = [...new Set(relations.map(({ change }) => change))].slice(0, most);
  const isTaken = ({ name, change }: Relation): boolean =>
    isOffered || confirmed.includes(name) || changes.includes(change);
  return relations.filter(isTaken);
}

const REPEATS = 'the same input gives the same output in another process, in another order';
const NEAR = 'its numbers stay near those of the origin';
const SAME = 'the output is that of the origin: confirm it where answers must not change';

interface Held extends Found {
  readonly name: string;
  readonly says: string;
}

function isShown({ tried, failed }: Found): boolean {
  return tried >= LEAST_EVIDENCE && failed === 0;
}

function refuseUnknown(confirmed: readonly string[], evidence: readonly Evidence[]): void {
  const unknown = confirmed.find((name) => !evidence.some((one) => one.name === name));
  if (unknown === undefined) return;
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
