/** Candidates tried on properties, one at a time: the process of the checks holds one batch. */
import type { Candidate } from '../../core/candidate.ts';
import type { Json } from '../../core/json.ts';
import type { PropertyReport, PropertyRequest } from '../contract.ts';
import type { Described } from './declared.ts';
import type { Derived } from './derived.ts';
import { brokenOnPlanted } from './planted.ts';
import type { Parts } from './source.ts';
import { type Batch, NoAnswers, type Outputs, Subject, type Tally } from './subject.ts';

const PATIENCE_MS = 10_000;
const PATIENCE_CASES = 3000;
const LEAST_CASES = 300;
const BATCH = 1000;

interface Sum {
  cases: number;
  /** Of `cases`, those that were not planted. */
  drawn: number;
  differs: number;
  trouble?: string;
  readonly failed: Map<string, Tally & { readonly seed: number; readonly count: number }>;
}

export class Tried {
  private readonly parts: Parts;
  private readonly derived: Derived;
  private readonly perCaseMs: number;
  private readonly references = new Map<string, Outputs>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts, derived: Derived, perCaseMs: number) {
    this.parts = parts;
    this.derived = derived;
    this.perCaseMs = perCaseMs;
  }

  check(request: PropertyRequest, signal: AbortSignal): Promise<PropertyReport> {
    return this.alone(() => this.checked(request, signal));
  }

  impossible(candidate: Candidate, signal: AbortSignal): Promise<readonly string[]> {
    return this.alone(() => this.passedBy(candidate, signal));
  }

  /** The process of the checks draws them, and then holds no batch of another's. */
  inputs(seed: number, count: number, signal: AbortSignal): Promise<readonly Json[]> {
    return this.alone(() => this.parts.source(seed, count, signal));
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    const next = this.last.then(work);
    this.last = next.catch(() => undefined);
    return next;
  }

  private async checked(request: PropertyRequest, signal: AbortSignal): Promise<PropertyReport> {
    const sides = this.sides(request.candidate, signal);
    const sum: Sum = { cases: 0, drawn: 0, differs: 0, failed: new Map() };
    const wanted = this.affordable(request.cases);
    try {
      await this.planted(request, sides, sum);
      for (let k = 0; sum.drawn < wanted; k++) {
        const count = Math.min(BATCH, wanted - sum.drawn);
        await this.batch({ seed: (request.seed + k) >>> 0, count }, { ...sides, request }, sum);
        if (request.isQuick && sum.failed.size > 0) break;
      }
    } catch (error) {
      if (!(error instanceof NoAnswers)) throw error;
      const why = error.message;
      const failures = this.rejecting().map((property) => ({ property, input: null, why }));
      return { cases: sum.cases, failures, differs: wanted };
    }
    return this.report(sum, sides, request);
  }

  private async planted({ inputs, seed }: PropertyRequest, sides: Sides, sum: Sum): Promise<void> {
    const { declared } = this.parts;
    if (declared === undefined || inputs === undefined || inputs.length === 0) return;
    try {
      const { cases, tallies } = await brokenOnPlanted(declared, { ...sides, inputs, seed });
      sum.cases += cases;
      for (const tally of tallies) sum.failed.set(tally.name, { ...tally, seed, count: cases });
    } catch (error) {
      // Whose silence it is, the origin's or the candidate's, says nothing of a property.
      if (!(error instanceof NoAnswers)) throw error;
      sum.trouble = `planted inputs got no answers: ${error.message}`;
    }
  }

  private sides(candidate: Candidate, signal: AbortSignal): Sides {
    const { caller, origin } = this.parts.options;
    const batch = this.batchSize();
    const calling = { caller, signal, batch };
    return {
      subject: new Subject(candidate, calling),
      origin: new Subject(origin, calling),
      signal,
    };
  }

  /** A call of a second at the origin's pace: slower candidates still end within a time-out. */
  private batchSize(): number {
    return Math.max(1, Math.min(500, Math.floor(1000 / Math.max(this.perCaseMs, 1e-3))));
  }

  /** Of the origin's cost alone, which no candidate can change. */
  private affordable(cases: number): number {
    const { patienceMs = PATIENCE_MS } = this.parts.options;
    const budget = patienceMs * Math.max(1, cases / PATIENCE_CASES);
    const most = Math.floor(budget / Math.max(this.perCaseMs, 1e-6));
    return Math.min(cases, Math.max(LEAST_CASES, most));
  }

  private rejecting(): readonly string[] {
    const { declared } = this.parts;
    const derived = this.derived.evidence.map(({ name }) => name);
    return [...(declared?.names ?? []), ...derived.filter((name) => this.derived.rejects(name))];
  }

  private async batch(
    { seed, count }: { readonly seed: number; readonly count: number },
    { subject, origin, signal, request }: Sides & { readonly request: PropertyRequest },
    sum: Sum,
  ): Promise<void> {
    const { declared, source } = this.parts;
    const inputs = await source(seed, count, signal);
    const outputs = await subject.outputs(inputs);
    const batch = { seed, inputs, outputs };
    const isCompared = request.isQuick || declared?.isReferenced;
    const references = isCompared ? await this.referencesOf(batch, origin) : undefined;
    const isFirst = sum.drawn === 0;
    sum.drawn += inputs.length;
    sum.cases += inputs.length;
    if (references) sum.differs += outputs.filter((one, i) => !isSame(one, references[i])).length;
    const told = await declared?.judge(batch, subject, { origin, references, signal });
    const failing = (told ?? []).filter(({ failed }) => failed > 0);
    if (failing.length > 0) await this.refuseContradiction(failing, batch, { origin, signal });
    // What rejects nothing is looked at once: a suspicion needs no thousands of cases.
    const rest = isFirst ? 'all' : 'rejecting';
    const which = request.isQuick ? 'quick' : rest;
    const shown = await this.derived.judge(batch, { subject, origin }, which);
    for (const tally of [...failing, ...shown]) {
      if (tally.failed === 0 || sum.failed.has(tally.name)) continue;
      sum.failed.set(tally.name, { ...tally, seed, count });
    }
  }

  /** The origin on the same inputs: what it breaks too says nothing of a candidate. */
  private async refuseContradiction(
    failing: readonly Tally[],
    batch: Batch,
    { origin, signal }: Omit<Sides, 'subject'>,
  ): Promise<void> {
    const { declared } = this.parts;
    const references = await this.referencesOf(batch, origin);
    const beside = { origin, references, signal };
    const own = await declared?.judge({ ...batch, outputs: references }, origin, beside);
    for (const tally of own ?? []) {
      if (tally.failed > 0 && failing.some(({ name }) => name === tally.name)) {
        declared?.refuseOrigin(tally);
      }
    }
  }

  /** The last batches': one candidate after another is asked about the same. */
  private async referencesOf({ seed, inputs }: Batch, origin: Subject): Promise<Outputs> {
    const key = `${seed} ${inputs.length}`;
    const known = this.references.get(key);
    if (known !== undefined) return known;
    const outputs = await origin.outputs(inputs);
    if (this.references.size >= KEPT_BATCHES) this.references.clear();
    this.references.set(key, outputs);
    return outputs;
  }

  private async report(sum: Sum, sides: Sides, request: PropertyRequest): Promise<PropertyReport> {
    const { declared } = this.parts;
    const failures: Failure[] = [];
    const suspicions: Failure[] = [];
    for (const { name, first, isUnconfirmed, seed } of sum.failed.values()) {
      const at = first?.at;
      // One is enough for a person to look into: each step of it is a call of its own.
      const isFirst = failures.length === 0 && !isUnconfirmed;
      const canShrink = isFirst && !request.isQuick && declared?.names.includes(name);
      const smaller =
        canShrink && declared?.is.drawsInputs && at !== undefined
          ? await declared.smallest(name, { seed, at }, sides)
          : undefined;
      const { input = null, why = '' } = smaller ?? first ?? {};
      (isUnconfirmed ? suspicions : failures).push({ property: name, input, why });
    }
    const differs = request.isQuick ? { differs: sum.differs } : {};
    return {
      cases: sum.cases,
      failures,
      ...(suspicions.length > 0 ? { suspicions } : {}),
      ...differs,
      ...(sum.trouble === undefined ? {} : { trouble: sum.trouble }),
    };
  }

  private async passedBy(candidate: Candidate, signal: AbortSignal): Promise<readonly string[]> {
    const { declared } = this.parts;
    const tasks: Described['impossible'] = declared?.is.impossible ?? [];
    const { subject } = this.sides(candidate, signal);
    const outputs = await answersTo(tasks, subject);
    const passed = (await declared?.passed(outputs, signal)) ?? [];
    return outputs.flatMap(({ name }, i) => (passed[i] ? [name] : []));
  }
}

const KEPT_BATCHES = 8;

type Failure = PropertyReport['failures'][number];

interface Sides {
  readonly subject: Subject;
  readonly origin: Subject;
  readonly signal: AbortSignal;
}

/** Where a candidate breaks off it has passed nothing. */
async function answersTo(tasks: Described['impossible'], subject: Subject) {
  try {
    const outputs = await subject.outputs(tasks.map(({ input }) => input));
    return tasks.flatMap(({ name }, i) => {
      const one = outputs[i];
      return one !== undefined && 'output' in one ? [{ name, output: one.output }] : [];
    });
  } catch (error) {
    if (error instanceof NoAnswers) return [];
    throw error;
  }
}

function isSame(one: Outputs[number], other: Outputs[number] | undefined): boolean {
  if (other === undefined || 'failed' in one || 'failed' in other) {
    return other !== undefined && 'failed' in one && 'failed' in other;
  }
  return JSON.stringify(one.output) === JSON.stringify(other.output);
}
