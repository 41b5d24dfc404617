/**
 * Forecasts by what is known of programs that decide alike: drafts are ranked by the mean score of the nearest
 * measured phenotypes (Hildebrandt & Branke 2015), and the chance that is shown comes from a small net over the
 * same neighbourhood, corrected to the study at hand. The rank is not the chance: what most likely beats its
 * parent is a safe tweak.
 */
import type { Situations } from '../lang/behaviour.ts';
import { decodeForest } from '../lang/codec.ts';
import { createInterpreterCache } from '../lang/interpret.ts';
import { phenotype } from '../lang/phenotype.ts';
import type { Vocabulary } from '../lang/vocabulary.ts';
import { mean, median } from '../stats/summary.ts';
import type { Forecast, Foreseeable, Judged, Taste } from './contract.ts';
import { featuresOf } from './surrogate/features.ts';
import {
  type Neighbourhood,
  neighbourhood,
  type Remembered,
  remember,
} from './surrogate/memory.ts';
import {
  type Correction,
  chanceOf,
  correctionOf,
  logOdds,
  type Net,
  type Told,
} from './surrogate/net.ts';
import { type BaseRates, baseRateOf, withOne } from './uniform.ts';

export interface SurrogateOptions {
  /** What a candidate is like, as numbers of one length: near by means alike. A pure function. */
  readonly phenotypeOf: (text: string) => Float32Array;
  /** The program that is improved: id and canonical text. */
  readonly origin: { readonly id: string; readonly text: string; readonly size: number };
  readonly net: Net;
}

export interface SurrogateState {
  readonly memory: readonly Remembered[];
  readonly base: BaseRates;
  readonly trials: number;
  /** The latest forecasts of trials that nobody chose, and what came of them. */
  readonly told: readonly Told[];
  readonly correction: Correction;
}

const MOST_TOLD = 200;

/** What stands in memory and beside it when a draft is looked at. */
interface Look {
  readonly features: readonly number[];
  readonly near: Neighbourhood;
  /** Score of the candidate it came from, where that is remembered. */
  readonly from: number | undefined;
}

export function surrogateTaste({
  net,
  origin,
  phenotypeOf,
}: SurrogateOptions): Taste<SurrogateState> {
  const looking = once((state: SurrogateState) => looker(state, phenotypeOf));
  return {
    name: 'surrogate',
    traits: { repeatable: true },
    init: () => ({
      memory: [],
      base: {},
      trials: 0,
      told: [],
      correction: { shift: 0, slope: 1 },
    }),
    predict(state, { drafts }) {
      const look = looking(state);
      return drafts.map((draft) => {
        const seen = look(draft);
        if (seen === undefined) return { ...baseRateOf(state.base, draft.proposer), rank: 0 };
        const { shift, slope } = state.correction;
        const chance = chanceOf(shift + slope * logOdds(net, seen.features));
        return { chance, ...sizeOf(seen), rank: seen.near.score + CURIOSITY * seen.near.spread };
      });
    },
    tell(state, judged) {
      const { better, atRandom } = judged;
      if (better === null) return state;
      const seen = atRandom ? looking(state)(judged) : undefined;
      return {
        memory: withCandidate(state.memory, judged, { origin, phenotypeOf }),
        base: withOne(state.base, judged),
        trials: state.trials + 1,
        ...(seen
          ? taught(state, { odds: logOdds(net, seen.features), better })
          : { told: state.told, correction: state.correction }),
      };
    },
  };
}

/** Deviations of the neighbours' scores that count for a draft: where they disagree there is something to learn. */
const CURIOSITY = 0.5;

/** The answer for the argument asked about last: a memo of a pure function, never state. */
function once<A extends object, R>(make: (from: A) => R): (from: A) => R {
  const memo = new WeakMap<A, R>();
  return (from) => {
    const known = memo.get(from) ?? make(from);
    memo.set(from, known);
    return known;
  };
}

function sizeOf({ near, from }: Look): Pick<Forecast, 'effect' | 'sd'> {
  return from === undefined ? {} : { effect: near.score - from, sd: near.spread };
}

function taught(state: SurrogateState, one: Told): Pick<SurrogateState, 'told' | 'correction'> {
  const told = [...state.told, one].slice(-MOST_TOLD);
  return { told, correction: correctionOf(told) };
}

/** Inputs of the net for one draft; undefined before anything was measured. */
export function looker(
  { memory, base, trials }: SurrogateState,
  phenotypeOf: (text: string) => Float32Array,
): (draft: Foreseeable) => Look | undefined {
  const scores = memory.map(({ score }) => score).sort((a, b) => a - b);
  const { least, scale } = spreadOf(scores);
  return (draft) => {
    const phenotype = phenotypeOf(draft.text);
    const near = neighbourhood(memory, phenotype, least);
    if (near === undefined) return undefined;
    const parent = memory.find(({ candidate }) => candidate === draft.parents[0]);
    const { chance } = baseRateOf(base, draft.proposer);
    const baseOdds = Math.log(chance / (1 - chance));
    const from = parent && Math.max(least, parent.score);
    const seen = { draft, phenotype, near, parent, from, scores, scale, trials, baseOdds };
    return { features: featuresOf(seen), near, from };
  };
}

/** Deviations below the median at which a score counts as one more disaster. */
const LEAST_DEVIATIONS = 5;

/** Of ascending scores: a scale that is never 0, and what is lowest among those worth telling apart. */
function spreadOf(scores: readonly number[]): { readonly least: number; readonly scale: number } {
  if (scores.length === 0) return { least: 0, scale: 1 };
  const middle = median(scores);
  const away = scores.map((score) => Math.abs(score - middle));
  const scale = median(away) || mean(away) || 1;
  return { least: middle - LEAST_DEVIATIONS * scale, scale };
}

interface Known {
  readonly origin: SurrogateOptions['origin'];
  readonly phenotypeOf: (text: string) => Float32Array;
}

/** With the candidate and, once its worth is known, with the origin: it is measured before the first trial. */
function withCandidate(
  memory: readonly Remembered[],
  { candidate, text, size, parents, score, over, better }: Judged,
  { origin, phenotypeOf }: Known,
): readonly Remembered[] {
  const isNew = parents[0] === origin.id && !memory.some((one) => one.candidate === origin.id);
  const first = { candidate: origin.id, score: over, better: false, size: origin.size };
  const known = isNew
    ? remember(memory, { ...first, phenotype: phenotypeOf(origin.text) })
    : memory;
  if (score === null) return known;
  const phenotype = phenotypeOf(text);
  return remember(known, { candidate, phenotype, score, better: better === true, size });
}

interface Language {
  readonly vocabulary: Vocabulary;
  /** Recorded decisions: what makes two programs alike. */
  readonly situations: Situations;
}

/** Of programs of a closed language: what they decide. */
export function forestPhenotypes({ vocabulary, situations }: Language): Reader {
  const slots = vocabulary.slots.map(({ name }) => name);
  const cache = createInterpreterCache();
  return remembering((text) =>
    phenotype(decodeForest(text, vocabulary), { slots, situations }, cache),
  );
}

type Reader = SurrogateOptions['phenotypeOf'];

/** Those met last kept: a memo of a pure function, never state. */
export function remembering(read: Reader): Reader {
  const memo = new Map<string, Float32Array>();
  return (text) => {
    const known = memo.get(text);
    if (known) return known;
    const found = read(text);
    if (memo.size >= MEMO_SIZE) memo.clear();
    memo.set(text, found);
    return found;
  };
}

const MEMO_SIZE = 256;
