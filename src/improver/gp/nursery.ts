/**
 * Where children are made and, before anything is paid for them, looked at: one whose text or behaviour
 * was seen is rejected, and of several the one that its neighbours speak for is measured.
 */
import type { Rng } from '../../core/rng.ts';
import { behaviourKey } from '../../lang/behaviour.ts';
import { encodeForest } from '../../lang/codec.ts';
import { type Forest, nodeCount } from '../../lang/forest.ts';
import { createInterpreterCache } from '../../lang/interpret.ts';
import { child, fresh } from './breed.ts';
import type { Meter } from './meter.ts';
import { behaviourVector, Neighbours } from './neighbours.ts';
import type { Individual, Population } from './population.ts';
import type { Policy } from './slots.ts';
import type { Subject } from './subject.ts';

/** A novelty of a third of the way from one end to the other counts in full. */
const FULL_NOVELTY = 1 / 3;

export interface Draft {
  readonly forest: Forest;
  readonly text: string;
  readonly nodes: number;
  /** Hash of how it decides, where that is asked for. */
  readonly key?: number | undefined;
  /** How it decides, where it was ranked. */
  readonly vector?: Float64Array;
  readonly parentCost?: number;
}

export interface Scene {
  readonly policy: Policy;
  readonly population: Population;
  readonly best: Individual;
  /** The population is not full yet. */
  readonly isFilling: boolean;
}

interface Nurse {
  readonly subject: Subject;
  readonly meter: Meter;
  readonly rng: Rng;
}

export class Nursery {
  considered = 0;
  rejected = 0;
  private readonly nurse: Nurse;
  private readonly texts = new Set<string>();
  private readonly keys = new Set<number>();
  private readonly neighbours = new Neighbours();
  private readonly cache = createInterpreterCache();
  private readonly slots: readonly string[];

  constructor(nurse: Nurse) {
    this.nurse = nurse;
    this.slots = nurse.subject.vocabulary.slots.map(({ name }) => name);
  }

  /** A program that is measured whatever it does: the start, a survivor of a twin. */
  known(forest: Forest): Draft {
    const text = encodeForest(forest);
    const draft = { forest, text, nodes: nodeCount(forest), key: this.keyOf(forest) };
    this.remember(draft);
    return draft;
  }

  measured({ vector }: Draft, cost: number): void {
    if (vector !== undefined) this.neighbours.add(vector, cost);
  }

  /** One child, the best ranked of as many as the policy wants; undefined where all were known. */
  draft(scene: Scene): Draft | undefined {
    const { proposals, nearest, novelty } = scene.policy.settings;
    const isRanked = proposals >= 2 && nearest + novelty > 0;
    let chosen: Draft | undefined;
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < (isRanked ? Math.round(proposals) : 1); i++) {
      const draft = this.one(scene, isRanked);
      if (draft === undefined) continue;
      const score = isRanked ? this.score(draft, scene) : 0;
      if (score <= highest) continue;
      highest = score;
      chosen = draft;
    }
    if (chosen !== undefined) this.remember(chosen);
    return chosen;
  }

  private one(scene: Scene, isRanked: boolean): Draft | undefined {
    const { subject, meter } = this.nurse;
    const isHashed = scene.policy.settings.deduplicate > 0.5;
    const { forest, parentCost } = this.make(scene);
    this.considered += 1;
    meter.bred(subject.prices, isHashed || isRanked);
    const text = encodeForest(forest);
    const key = isHashed && !this.texts.has(text) ? this.keyOf(forest) : undefined;
    if (this.texts.has(text) || (key !== undefined && this.keys.has(key))) {
      this.rejected += 1;
      return undefined;
    }
    const draft: Draft = { forest, text, nodes: nodeCount(forest), key, parentCost };
    return isRanked
      ? { ...draft, vector: behaviourVector(forest, subject.situations, this.cache) }
      : draft;
  }

  private make({ policy, population, best, isFilling }: Scene): {
    readonly forest: Forest;
    readonly parentCost: number;
  } {
    const { rng, subject } = this.nurse;
    const { vocabulary, start, isGrown, reset } = subject;
    const { seedShare, elite, tournament, parsimony } = policy.settings;
    if (isFilling && isGrown && rng.float() >= seedShare) {
      return { forest: fresh(rng, vocabulary, policy), parentCost: best.cost };
    }
    const price = parsimony * spreadOf(population, best);
    const among = Math.round(tournament);
    const drawn = (): Individual => population.parent(rng, among, price) ?? best;
    const parent = isFilling ? undefined : rng.float() < elite ? best : drawn();
    const forest = child(
      rng,
      { parent: parent?.forest ?? start, donor: drawn().forest },
      { vocabulary, policy, ...(reset ? { reset } : {}) },
    );
    return { forest, parentCost: parent?.cost ?? best.cost };
  }

  /** Only of what is measured: one that lost the ranking may come again. */
  private remember({ text, key }: Draft): void {
    this.texts.add(text);
    if (key !== undefined) this.keys.add(key);
  }

  private keyOf(forest: Forest): number {
    const { situations } = this.nurse.subject;
    return behaviourKey(forest, { slots: this.slots, situations }, this.cache);
  }

  private score({ vector, parentCost }: Draft, { policy, population, best }: Scene): number {
    const { nearest, novelty } = policy.settings;
    const guess = vector && this.neighbours.guess(vector);
    if (guess === undefined) return this.nurse.rng.float();
    const scale = spreadOf(population, best);
    const gain = Math.tanh(((parentCost ?? best.cost) - guess.cost) / scale);
    return nearest * gain + novelty * Math.min(1, guess.distance / FULL_NOVELTY);
  }
}

/** Mean distance of the members to the best: what a difference in cost is measured by. Above 0. */
function spreadOf({ members }: Population, best: Individual): number {
  const sum = members.reduce((total, { cost }) => total + Math.abs(cost - best.cost), 0);
  return sum / Math.max(1, members.length) + Number.EPSILON;
}
