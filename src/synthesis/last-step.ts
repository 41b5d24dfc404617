/**
 * One step ahead of a search: programs dearer than any that is kept, made of arguments that are kept, are computed
 * on one or two examples only and looked up among the outputs that are still wanted.
 *
 * Most solutions are a dear last step on cheap arguments, so that the search would reach them late. The last step
 * is never an argument itself: it needs no place, no table of seen values and, where its first example is wrong,
 * none of the other examples. Tuples come in the order of cost, as in the search.
 */
import type { Costs } from './costs.ts';
import type { Hasher } from './hash-values.ts';
import { hasherOf, PROBES } from './hash-values.ts';
import type { Language, Primitive, Value, ValueType } from './language.ts';
import type { Machine } from './machine.ts';
import { machineOf, valueCells } from './machine.ts';
import type { Input, Kernel } from './memory.ts';
import type { Targets } from './targets.ts';
import { targetTable } from './targets.ts';
import type { Workspace } from './workspace.ts';

export interface LookingAhead {
  /** Candidates before the first look, at least 1. */
  readonly first: number;
  /** How many times as many there are at the next one, above 1. */
  readonly times: number;
  /** What a look may spend, in candidates for each that the search has computed. */
  readonly share: number;
}

/** Chosen on a fold of training tasks (ADR 0062): about as good between 300 and 1,000. */
export const AHEAD: LookingAhead = { first: 500, times: 4, share: 4 };

/** With many outputs wanted, one example lets too many through. */
const FEW_TARGETS = 4;
/** Programs looked at between two looks at the budget. */
const LOOK_EVERY = 1024;
/** Dearer than any last step. */
const DEAREST = 300;

/** What is searched (enumerate.ts). */
export interface Sought {
  readonly language: Language;
  readonly domain: 'numbers' | 'text';
  readonly costs: Costs;
  readonly inputs: readonly Input[];
  readonly targets: readonly (readonly Value[])[];
}

/** What the search has kept when it looks ahead. */
export interface Bank {
  /** Computed by the search itself. */
  readonly candidates: number;
  readonly kept: number;
  /** Programs up to this cost are kept. */
  readonly cost: number;
  /** Primitives with arguments and a wanted type. */
  readonly roots: readonly number[];
  /** `buckets[root][cost]`: ids of programs. */
  readonly buckets: readonly (readonly (readonly number[] | undefined)[])[];
}

export interface Looker {
  /** Whether the budget lasts. */
  readonly goOn: () => boolean;
  readonly isEnded: () => boolean;
  /** A last step, by its primitive and the ids of its arguments, that may give a wanted output. */
  readonly maybe: (prim: number, ids: Int32Array) => void;
}

/** Parts of the search that are shared. */
export interface Shared {
  readonly space: Workspace;
  readonly machine: Machine;
  readonly rootsOf: Readonly<Record<ValueType, readonly number[]>>;
  readonly least: readonly (readonly number[])[];
}

export class LastStep {
  private readonly search: Sought;
  private readonly looking: LookingAhead;
  private readonly shared: Shared;
  /** Examples that are computed, by number. */
  private readonly examples: readonly number[];
  private readonly near: Machine;
  private readonly hasher: Hasher;
  private readonly targets: Targets;
  private readonly longest: number;
  private readonly chosen: (readonly number[])[] = [[], [], []];
  private readonly ids = new Int32Array(3);
  private readonly places = new Int32Array(3);
  private top: number;
  private projected = 0;
  private looks = 0;
  private most = 0;
  private next: number;
  private isOver = false;
  private bank: Bank | undefined;
  private looker: Looker | undefined;

  constructor(search: Sought, looking: LookingAhead, shared: Shared) {
    const { language, inputs, targets, domain } = search;
    this.search = search;
    this.looking = looking;
    this.shared = shared;
    this.next = looking.first;
    this.examples = telling(targets, inputs.length);
    const own = this.examples.map((at) => inputs[at] as Input);
    this.near = machineOf(language, own, shared.space.near.cells);
    this.hasher = hasherOf(this.near.memory, PROBES[domain]);
    const wanted = targets.map((row) => this.examples.map((at) => row[at] as Value));
    this.targets = targetTable(this.near, this.hasher, wanted);
    this.longest = valueCells(own.length);
    this.top = this.near.free;
  }

  /** In candidates: a program computed on one of six examples is a sixth. */
  get spent(): number {
    return (this.looks * this.examples.length) / this.search.inputs.length;
  }

  isDue(candidates: number): boolean {
    return candidates >= this.next;
  }

  look(bank: Bank, looker: Looker): void {
    const { times, share } = this.looking;
    while (this.next <= bank.candidates) this.next *= times;
    this.bank = bank;
    this.looker = looker;
    this.isOver = !this.projectAll(bank.kept);
    this.most = this.spent + share * bank.candidates;
    for (let cost = bank.cost + 1; cost < DEAREST && !this.isOver; cost++)
      for (const prim of bank.roots) if (!this.isOver) this.choose(prim, 0, cost);
  }

  /** Chooses where the arguments from `slot` on are taken from, so that they cost `left`. */
  private choose(prim: number, slot: number, left: number): void {
    const { args } = this.primitive(prim);
    const edges = (this.search.costs[prim] as readonly Int32Array[])[slot] as Int32Array;
    const last = slot === args.length - 1;
    const least = this.shared.least[prim] as readonly number[];
    const rest = last ? 0 : (least[slot + 1] as number);
    for (const root of this.shared.rootsOf[args[slot] as ValueType]) {
      const levels = (this.bank as Bank).buckets[root] as Bank['buckets'][number];
      const room = left - (edges[root] as number) - rest;
      const dearest = Math.min(room, levels.length - 1);
      for (let level = last ? Math.max(0, room) : 0; level <= dearest; level++) {
        const bucket = levels[level];
        if (bucket === undefined) continue;
        this.chosen[slot] = bucket;
        if (last) this.tuples(prim, 0, args.length);
        else this.choose(prim, slot + 1, room + rest - level);
        if (this.isOver) return;
      }
    }
  }

  private tuples(prim: number, slot: number, count: number): void {
    const bucket = this.chosen[slot] as readonly number[];
    for (let i = 0; i < bucket.length && !this.isOver; i++) {
      const id = bucket[i] as number;
      this.ids[slot] = id;
      this.places[slot] = this.shared.space.near.offsets[id] as number;
      if (slot === count - 1) this.one(prim);
      else this.tuples(prim, slot + 1, count);
    }
  }

  private one(prim: number): void {
    const looker = this.looker as Looker;
    this.looks += 1;
    if (this.looks % LOOK_EVERY === 0 && (this.spent > this.most || !looker.goOn()))
      this.isOver = true;
    const kernel = this.near.kernels[prim] as Kernel;
    const cells = kernel(this.near.memory, this.places, this.top);
    if (cells === 0) return;
    this.hasher.integers(this.primitive(prim).type as 'I' | 'L', this.top, cells);
    if (this.targets.solvedBy(this.hasher.lanes).length === 0) return;
    looker.maybe(prim, this.ids);
    if (looker.isEnded()) this.isOver = true;
  }

  private primitive(prim: number): Primitive {
    return this.search.language.primitives[prim] as Primitive;
  }

  /** Copies what the kept programs give on these examples; false where there is no room, and then never again. */
  private projectAll(kept: number): boolean {
    const { cells, offsets } = this.shared.space.near;
    while (this.projected < kept) {
      if (this.projected >= offsets.length || this.top + 2 * this.longest > cells.length) {
        this.next = Number.POSITIVE_INFINITY;
        return false;
      }
      this.project(this.projected++);
    }
    return true;
  }

  private project(id: number): void {
    const { space, machine } = this.shared;
    const { type } = this.primitive(space.roots[id] as number);
    const from = space.offsets[id] as number;
    space.near.offsets[id] = this.top;
    if (type === 'L') this.top = this.copyLists(from);
    else {
      const { cells } = this.near.memory;
      const values = type === 'I' ? from : from + 1;
      // A function's first cell says what it does.
      if (type !== 'I') cells[this.top++] = machine.memory.cells[from] as number;
      for (const example of this.examples)
        cells[this.top++] = machine.memory.cells[values + example] as number;
    }
  }

  private copyLists(from: number): number {
    const { cells, examples: all } = this.shared.machine.memory;
    const to = this.near.memory.cells;
    let end = this.top + this.examples.length;
    for (const [place, example] of this.examples.entries()) {
      let start = from + all;
      for (let before = 0; before < example; before++) start += cells[from + before] as number;
      const length = cells[from + example] as number;
      to[this.top + place] = length;
      for (let i = 0; i < length; i++) to[end++] = cells[start + i] as number;
    }
    return end;
  }
}

const size = (value: Value | undefined): number =>
  typeof value === 'number' ? Math.abs(value) : (value?.length ?? 0);

/** Examples whose outputs few programs give by chance: those with the largest numbers or longest lists. */
function telling(targets: readonly (readonly Value[])[], examples: number): readonly number[] {
  const count = Math.min(examples, targets.length > FEW_TARGETS ? 2 : 1);
  const total = (at: number): number =>
    targets.reduce((sum, outputs) => sum + Math.log1p(size(outputs[at])), 0);
  return Array.from({ length: examples }, (_, at) => at)
    .sort((a, b) => total(b) - total(a) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}
