/**
 * Genetic search under an improver: the one function that improves policies of a task, and improvers of
 * itself. It asks for costs and is told them, so whoever measures may take its time.
 */
import { sha256 } from '../../core/hash.ts';
import type { Rng } from '../../core/rng.ts';
import type { Forest } from '../../lang/forest.ts';
import { firstShare, type Meter } from './meter.ts';
import { type Draft, Nursery } from './nursery.ts';
import { type Individual, Population } from './population.ts';
import { type Policy, policyIn, type SearchState } from './slots.ts';
import { type Subject, stepMs } from './subject.ts';

/** Evaluations after which the improver is asked again what to do. */
const POLICY_HOLDS = 16;
/** Children in a row that were all known: then there is nothing left to try, whatever the budget. */
const MOST_IDLE = 2000;
/** Programs handed on from a twin, or to a confirm, at most. */
const MOST_SURVIVORS = 8;
const NODES_PER_SIZE = 30;

export interface SearchRequest {
  readonly improver: Forest;
  readonly subject: Subject;
  readonly meter: Meter;
  readonly rng: Rng;
}

/** What is to be measured now: lower is better, null where there is no cost. */
export interface Ask {
  readonly subject: Subject;
  readonly forest: Forest;
  readonly text: string;
}

export interface Found {
  readonly best: Individual;
  /** The best of different texts, the best first, at most eight. */
  readonly survivors: readonly Individual[];
  /** Of the subject itself, those of a twin not counted. */
  readonly evals: number;
  /** Children made, and those of them that were rejected unmeasured. */
  readonly considered: number;
  readonly rejected: number;
  readonly end: 'budget' | 'exhausted';
  /** Of all texts and costs in order: equal runs have equal digests. */
  readonly digest: string;
}

export type Search = Generator<Ask, Found | undefined, number | null>;

/** @returns undefined where the start itself has no cost: then nothing can be said. */
export function* search(request: SearchRequest): Search {
  const { improver, subject, meter } = request;
  const settings = policyIn(improver, stateAtStart(request)).settings;
  const { twin } = subject;
  let seeds: readonly Individual[] = [];
  if (twin !== undefined && settings.twinShare > 0) {
    const inner = firstShare(meter, settings.twinShare);
    const rng = request.rng.fork('twin');
    const found = yield* search({ improver, subject: twin, meter: inner, rng });
    seeds = found?.survivors.slice(0, Math.round(settings.twinKeep)) ?? [];
  }
  return yield* new Searching(request).run(seeds);
}

/** Answers a search that is measured in this thread, without waiting. */
export function answer(running: Search, costOf: (ask: Ask) => number | null): Found | undefined {
  let step = running.next();
  while (!step.done) step = running.next(costOf(step.value));
  return step.value;
}

function stateAtStart({ subject, meter }: SearchRequest): SearchState {
  return {
    progress: 0,
    stagnation: 0,
    diversity: 1,
    size: 0,
    budget: Math.log10(Math.max(1, meter.budgetMs / stepMs(subject))) / 4,
    inputs: Math.max(...subject.vocabulary.slots.map(({ inputs }) => inputs.length)) / 10,
  };
}

class Searching {
  private readonly request: SearchRequest;
  private readonly population = new Population();
  private readonly nursery: Nursery;
  private readonly log: string[] = [];
  private readonly top: Individual[] = [];
  private policy: Policy;
  private gainedAt = 0;
  private evals = 0;

  constructor(request: SearchRequest) {
    this.request = request;
    this.nursery = new Nursery(request);
    this.policy = policyIn(request.improver, stateAtStart(request));
  }

  *run(seeds: readonly Individual[]): Search {
    const { subject, meter } = this.request;
    yield* this.measure(this.nursery.known(subject.start));
    const [start] = this.top;
    if (start === undefined) return undefined;
    for (const { forest } of seeds) {
      if (meter.spent() < 1) yield* this.measure(this.nursery.known(forest));
    }
    while (meter.spent() < 1) {
      if (this.evals % POLICY_HOLDS === 0) this.readPolicy();
      this.restartIfStuck();
      const draft = this.next();
      if (draft === undefined) return this.found('exhausted');
      yield* this.measure(draft);
    }
    return this.found('budget');
  }

  /** The next child worth measuring; undefined where none was found, or nothing is left to spend. */
  private next(): Draft | undefined {
    const { meter } = this.request;
    const target = Math.round(2 ** this.policy.settings.population);
    this.population.shrinkTo(target);
    const scene = {
      policy: this.policy,
      population: this.population,
      best: this.top[0] as Individual,
      isFilling: this.population.size < target,
    };
    for (let idle = 0; idle < MOST_IDLE && meter.spent() < 1; idle++) {
      const draft = this.nursery.draft(scene);
      if (draft !== undefined) return draft;
    }
    return undefined;
  }

  private *measure(draft: Draft): Generator<Ask, void, number | null> {
    const { subject, meter, rng } = this.request;
    const { forest, text, nodes } = draft;
    const cost = yield { subject, forest, text };
    meter.evaluated(subject.prices, nodes);
    this.evals += 1;
    this.log.push(`${text} ${cost}`);
    if (cost === null || !Number.isFinite(cost)) return;
    this.nursery.measured(draft, cost);
    const individual: Individual = { forest, text, cost, nodes };
    if (cost < (this.top[0]?.cost ?? Number.POSITIVE_INFINITY)) this.gainedAt = meter.spent();
    this.keep(individual);
    const { population, replacement, accept } = this.policy.settings;
    if (this.population.size < Math.round(2 ** population)) {
      this.population.members.push(individual);
      return;
    }
    const among = Math.round(replacement);
    this.population.replace(rng, individual, { among, isLenient: rng.float() < accept });
  }

  /** Of equal costs the first stays in front. */
  private keep(individual: Individual): void {
    const at = this.top.findIndex(({ cost }) => individual.cost < cost);
    this.top.splice(at < 0 ? this.top.length : at, 0, individual);
    this.top.length = Math.min(this.top.length, MOST_SURVIVORS);
  }

  private readPolicy(): void {
    const { meter, improver } = this.request;
    const spent = Math.min(1, meter.spent());
    const nodes = this.top[0]?.nodes ?? 0;
    this.policy = policyIn(improver, {
      ...stateAtStart(this.request),
      progress: spent,
      stagnation: spent - this.gainedAt,
      diversity: this.population.diversity(),
      size: nodes / this.request.subject.vocabulary.slots.length / NODES_PER_SIZE,
    });
  }

  private restartIfStuck(): void {
    const { meter } = this.request;
    if (meter.spent() - this.gainedAt <= this.policy.settings.restart) return;
    this.population.members = this.top.slice(0, 1);
    this.gainedAt = meter.spent();
  }

  private found(end: Found['end']): Found {
    const { considered, rejected } = this.nursery;
    return {
      best: this.top[0] as Individual,
      survivors: [...this.top],
      evals: this.evals,
      considered,
      rejected,
      end: this.request.meter.spent() < 1 ? end : 'budget',
      digest: sha256(this.log.join('\n')),
    };
  }
}
