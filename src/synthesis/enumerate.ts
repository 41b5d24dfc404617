/**
 * Bottom-up search in the order of cost, one program per distinct value: observational equivalence
 * (Albarghouthi, Gulwani & Kincaid, CAV 2013; Udupa et al., TRANSIT, PLDI 2013).
 *
 * `cost(p(a1 … an)) = Σ edge[p][i][root of ai] + cost(ai)`. At every cost all argument tuples that make it
 * exactly are computed on the examples from the values of their arguments; what was seen is dropped. One
 * enumeration serves every task over the same example inputs.
 */
import type { Costs } from './costs.ts';
import type { Hasher } from './hash-values.ts';
import { hasherOf, PROBES } from './hash-values.ts';
import type { Language, Primitive, Term, Value, ValueType } from './language.ts';
import { LastStep, type LookingAhead } from './last-step.ts';
import type { Machine } from './machine.ts';
import { machineOf, valueCells } from './machine.ts';
import type { Input, Kernel } from './memory.ts';
import { listCells, readValues } from './memory.ts';
import type { Targets } from './targets.ts';
import { targetTable } from './targets.ts';
import type { Workspace } from './workspace.ts';

export interface Search {
  readonly language: Language;
  readonly domain: 'numbers' | 'text';
  readonly costs: Costs;
  /** Inputs of the examples, shared by all targets. */
  readonly inputs: readonly Input[];
  /** Wanted outputs, one row per task, one value per example. */
  readonly targets: readonly (readonly Value[])[];
  /** Whether to go on, asked every 256 candidates with the number computed so far. */
  readonly goOn: (candidates: number) => boolean;
  /** Told of a target's first program, with the candidates computed until then. */
  readonly found: (task: number, term: Term, candidates: number) => void;
  /** Told of every later program of a target that was found. Absent: the search ends when all targets are. */
  readonly another?: (task: number, term: Term, candidates: number) => void;
  /** Primitives no program may use: a value they have is then found by other programs. */
  readonly without?: ReadonlySet<number>;
  /** Looks one step ahead of what it keeps, at a share of its budget. */
  readonly ahead?: LookingAhead;
}

/** What a search leaves behind; its programs are read before the workspace is used again. */
export interface Searched {
  /** Argument tuples computed; one computed on a part of the examples counts as that part. */
  readonly candidates: number;
  /** Programs with a value of their own. */
  readonly kept: number;
  /** Cost reached. */
  readonly cost: number;
  readonly end: 'budget' | 'memory' | 'all-found' | 'nothing-left';
  readonly term: (id: number) => Term;
  readonly type: (id: number) => ValueType;
  /** Outputs on the examples of an `I` or `L`. */
  readonly outputs: (id: number) => readonly Value[];
}

/** Candidates between two looks at the budget. */
const LOOK_EVERY = 256;
/** No program is dearer: 60 a node, and nobody waits for more. */
const DEAREST_PROGRAM = 1_000;

export function enumerate(search: Search, space: Workspace): Searched {
  space.seen.clear();
  return new Enumeration(search, space).run();
}

class Enumeration {
  private readonly machine: Machine;
  private readonly hasher: Hasher;
  private readonly targets: Targets;
  private readonly primitives: readonly Primitive[];
  /** `buckets[root][cost]`: ids of programs. */
  private readonly buckets: readonly (number[] | undefined)[][];
  /** Primitives programs are made of. */
  private readonly allowed: readonly number[];
  private readonly rootsOf: Readonly<Record<ValueType, readonly number[]>>;
  /** The least that arguments from this one on can cost. */
  private readonly least: readonly (readonly number[])[];
  private readonly ids = new Int32Array(3);
  private readonly places = new Int32Array(3);
  private readonly unsolved: Set<number>;
  private readonly longest: number;
  private top: number;
  private kept = 0;
  private candidates = 0;
  private cost = 0;
  private end: Searched['end'] | undefined;
  private readonly ahead: LastStep | undefined;

  private readonly search: Search;
  private readonly space: Workspace;

  constructor(search: Search, space: Workspace) {
    this.search = search;
    this.space = space;
    const { language, inputs, costs } = search;
    this.primitives = language.primitives;
    this.machine = machineOf(language, inputs, space.cells);
    this.hasher = hasherOf(this.machine.memory, PROBES[search.domain]);
    this.targets = targetTable(this.machine, this.hasher, search.targets);
    this.unsolved = new Set(search.targets.keys());
    this.buckets = this.primitives.map(() => []);
    this.allowed = [...this.primitives.keys()].filter((prim) => !search.without?.has(prim));
    this.rootsOf = rootsByType(this.primitives, this.allowed);
    this.least = costs.map((rows) =>
      rows.map((_, slot) => rows.slice(slot).reduce((sum, row) => sum + Math.min(...row), 0)),
    );
    this.longest = valueCells(inputs.length);
    this.top = this.machine.free;
    this.ahead =
      search.ahead &&
      new LastStep(search, search.ahead, {
        space,
        machine: this.machine,
        rootsOf: this.rootsOf,
        least: this.least,
      });
  }

  run(): Searched {
    const arity = (prim: number): number => (this.primitives[prim] as Primitive).args.length;
    for (const prim of this.allowed) if (arity(prim) === 0) this.constant(prim);
    const filled = this.allowed.filter((prim) => arity(prim) > 0);
    while (this.end === undefined && ++this.cost < DEAREST_PROGRAM) {
      for (const prim of filled) if (this.end === undefined) this.fill(prim, 0, this.cost);
      if (this.end === undefined && this.ahead?.isDue(this.candidates)) this.look(this.ahead);
    }
    return this.searched();
  }

  private look(ahead: LastStep): void {
    const { candidates, kept, cost, buckets } = this;
    const { targets, another } = this.search;
    // Where later programs are told too, what was found is wanted still.
    const wanted = another === undefined ? [...this.unsolved] : [...targets.keys()];
    const types = new Set<string>(
      wanted.map((task) => (typeof targets[task]?.[0] === 'number' ? 'I' : 'L')),
    );
    const roots = this.allowed.filter((prim) => {
      const { type, args } = this.primitives[prim] as Primitive;
      return args.length > 0 && types.has(type);
    });
    ahead.look(
      { candidates, kept, cost, roots, buckets },
      {
        goOn: () => this.search.goOn(this.spent),
        isEnded: () => this.end !== undefined,
        maybe: (prim, ids) => this.lastStep(prim, ids),
      },
    );
  }

  /** Right on the examples it was computed on: whether it is on all. It is not kept, so that the search stays the same. */
  private lastStep(prim: number, ids: Int32Array): void {
    const { type, args } = this.primitives[prim] as Primitive;
    for (let slot = 0; slot < args.length; slot++) {
      this.ids[slot] = ids[slot] as number;
      this.places[slot] = this.space.offsets[ids[slot] as number] as number;
    }
    const kernel = this.machine.kernels[prim] as Kernel;
    const cells = kernel(this.machine.memory, this.places, this.top);
    if (cells === 0) return;
    this.hasher.integers(type as 'I' | 'L', this.top, cells);
    const solved = this.targets.solvedBy(this.hasher.lanes);
    if (solved.length > 0) this.tell(solved, () => this.composed(prim));
  }

  private get spent(): number {
    return this.candidates + Math.round(this.ahead?.spent ?? 0);
  }

  private constant(prim: number): void {
    const { type } = this.primitives[prim] as Primitive;
    const { memory, constants } = this.machine;
    const at = constants[prim] as number;
    const cells = type === 'L' ? listCells(memory, at) : memory.examples;
    if (this.isNew(type, at, cells)) this.keep(prim, at);
  }

  /** Fills the arguments of `prim` from `slot` on so that they cost `left`. */
  private fill(prim: number, slot: number, left: number): void {
    const { args } = this.primitives[prim] as Primitive;
    const edges = (this.search.costs[prim] as readonly Int32Array[])[slot] as Int32Array;
    const last = slot === args.length - 1;
    const rest = last ? 0 : ((this.least[prim] as readonly number[])[slot + 1] as number);
    for (const root of this.rootsOf[args[slot] as ValueType]) {
      const room = left - (edges[root] as number) - rest;
      const levels = this.buckets[root] as readonly (number[] | undefined)[];
      const dearest = Math.min(room, levels.length - 1);
      for (let level = last ? Math.max(0, room) : 0; level <= dearest; level++) {
        const bucket = levels[level];
        if (bucket !== undefined) this.through(bucket, { prim, slot, left: room + rest - level });
        if (this.end !== undefined) return;
      }
    }
  }

  private through(bucket: readonly number[], at: Slot): void {
    const { prim, slot, left } = at;
    const last = slot === (this.primitives[prim] as Primitive).args.length - 1;
    // The bucket of the cost in work is never read: every edge costs at least 1.
    for (let i = 0; i < bucket.length && this.end === undefined; i++) {
      const id = bucket[i] as number;
      this.ids[slot] = id;
      this.places[slot] = this.space.offsets[id] as number;
      if (last) this.candidate(prim);
      else this.fill(prim, slot + 1, left);
    }
  }

  private candidate(prim: number): void {
    this.candidates += 1;
    if (this.candidates % LOOK_EVERY === 0 && !this.search.goOn(this.spent)) this.end = 'budget';
    const kernel = this.machine.kernels[prim] as Kernel;
    const cells = kernel(this.machine.memory, this.places, this.top);
    if (cells === 0) return;
    if (!this.isNew((this.primitives[prim] as Primitive).type, this.top, cells)) {
      if (this.search.another !== undefined) this.again(prim);
      return;
    }
    const at = this.top;
    this.top += cells;
    this.keep(prim, at);
  }

  private isNew(type: ValueType, at: number, cells: number): boolean {
    if (type === 'I' || type === 'L') this.hasher.integers(type, at, cells);
    else this.hasher.functionValue(type, at);
    return this.space.seen.add(this.hasher.lanes);
  }

  private keep(prim: number, at: number): void {
    const { roots, args, offsets, cells } = this.space;
    const id = this.kept++;
    roots[id] = prim;
    offsets[id] = at;
    args.set(this.ids, 3 * id);
    const levels = this.buckets[prim] as (number[] | undefined)[];
    const bucket = levels[this.cost];
    if (bucket === undefined) levels[this.cost] = [id];
    else bucket.push(id);
    if (this.kept >= roots.length || this.top + this.longest > cells.length) this.end = 'memory';
    const solved = this.targets.solvedBy(this.hasher.lanes);
    if (solved.length > 0) this.tell(solved, () => this.term(id));
  }

  private tell(tasks: readonly number[], term: () => Term): void {
    for (const task of tasks)
      if (this.unsolved.delete(task)) this.search.found(task, term(), this.spent);
      else this.search.another?.(task, term(), this.spent);
    const isOver = this.unsolved.size === 0 && this.search.targets.length > 0;
    if (isOver && this.search.another === undefined) this.end = 'all-found';
  }

  /** A program whose value is known may still be another one for a task. */
  private again(prim: number): void {
    for (const task of this.targets.solvedBy(this.hasher.lanes))
      this.search.another?.(task, this.composed(prim), this.spent);
  }

  /** `prim` of the arguments in work. */
  private composed(prim: number): Term {
    const { args } = this.primitives[prim] as Primitive;
    return { prim, args: args.map((_, slot) => this.term(this.ids[slot] as number)) };
  }

  private term(id: number): Term {
    const prim = this.space.roots[id] as number;
    const { args } = this.primitives[prim] as Primitive;
    return {
      prim,
      args: args.map((_, slot) => this.term(this.space.args[3 * id + slot] as number)),
    };
  }

  private searched(): Searched {
    return {
      candidates: this.spent,
      kept: this.kept,
      cost: this.cost,
      end: this.end ?? 'nothing-left',
      term: (id) => this.term(id),
      type: (id) => (this.primitives[this.space.roots[id] as number] as Primitive).type,
      outputs: (id) =>
        readValues(this.machine.memory, this.space.offsets[id] as number, this.typeOfValue(id)),
    };
  }

  private typeOfValue(id: number): 'I' | 'L' {
    return (this.primitives[this.space.roots[id] as number] as Primitive).type as 'I' | 'L';
  }
}

interface Slot {
  readonly prim: number;
  readonly slot: number;
  /** What the arguments after this one may cost. */
  readonly left: number;
}

function rootsByType(
  primitives: readonly Primitive[],
  allowed: readonly number[],
): Readonly<Record<ValueType, readonly number[]>> {
  const of = (wanted: ValueType): readonly number[] =>
    allowed.filter((prim) => primitives[prim]?.type === wanted);
  return { I: of('I'), L: of('L'), F: of('F'), P: of('P'), G: of('G') };
}
