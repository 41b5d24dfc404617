/**
 * Budget moved by expected gain per cost (src/optim/allocation.ts) beside equal shares, on synthetic
 * searches whose curves are known: the same searches and the same luck for both. The bound is what
 * somebody who knew all curves beforehand could gain.
 */
import { publicRoot, type Rng } from '../src/core/rng.ts';
import {
  type Account,
  afterTurn,
  furthestBehind,
  NEW_ACCOUNT,
  type Share,
  sharesByGain,
  sharesByWeight,
} from '../src/optim/allocation.ts';
import { type Bench, type Figure, quantile } from './figure.ts';

/** A gain so far as a function of the turns so far, and the size of the steps it comes in. */
interface Search {
  readonly curve: (turns: number) => number;
  readonly step: number;
}

/** Turns in which a typical search has found a good part of what there is. */
const SCALE = 8;
const REPEATS = 60;
/** The rule and its constants were chosen on the seed "tune". */
const UNSEEN = 'portfolio';
const LEAST = 0.2;

const spread = (rng: Rng): number => Math.exp(rng.normal());
const ofCurve = (curve: Search['curve'], all: number): Search => ({ curve, step: all / 6 });

function saturating(rng: Rng, after = 0): Search {
  const all = spread(rng);
  const tau = 0.5 * SCALE * spread(rng);
  return ofCurve((t) => (t < after ? 0 : all * (1 - Math.exp(-(t - after) / tau))), all);
}
function slowing(rng: Rng): Search {
  const all = spread(rng);
  const tau = 0.5 * SCALE * spread(rng);
  return ofCurve((t) => 0.5 * all * Math.log1p(t / tau), all);
}
const dead: Search = { curve: () => 0, step: 1 };

const FAMILIES: Readonly<Record<string, (rng: Rng) => Search>> = {
  'all alike': () => ofCurve((t) => 1 - Math.exp((-2 * t) / SCALE), 1),
  saturating: (rng) => saturating(rng),
  'three in ten dead, three in twenty late': (rng) => {
    const kind = rng.float();
    if (kind < 0.3) return dead;
    if (kind < 0.6) return saturating(rng);
    return kind < 0.85 ? slowing(rng) : saturating(rng, SCALE * rng.float());
  },
  'three in four dead': (rng) => (rng.float() < 0.75 ? dead : saturating(rng)),
  'all late': (rng) => saturating(rng, 1.5 * SCALE * rng.float()),
};

/** Knuth's; means here are below ten. */
function poisson(rng: Rng, mean: number): number {
  let product = rng.float();
  let count = 0;
  for (; product > Math.exp(-mean); count++) product *= rng.float();
  return count;
}

type Rule = (accounts: readonly Account[]) => readonly Share[];
const byGain: Rule = (accounts) => sharesByGain(accounts, { least: LEAST, turnCost: 1 });

/** True gain of all after so many turns; what is seen of it comes in steps. */
function gainOf(searches: readonly Search[], { turns, rule, rng }: Course): number {
  let accounts: readonly Account[] = searches.map(() => ({ ...NEW_ACCOUNT, weight: 1 }));
  const had = searches.map(() => 0);
  let sum = 0;
  for (let turn = 0; turn < turns; turn++) {
    const chosen = furthestBehind(accounts);
    const search = searches[chosen] ?? dead;
    const before = had[chosen] ?? 0;
    const gain = search.curve(before + 1) - search.curve(before);
    had[chosen] = before + 1;
    sum += gain;
    const seen = search.step * poisson(rng.fork(`${chosen} ${before}`), gain / search.step);
    const share = rule(accounts)[chosen]?.share ?? 1;
    accounts = accounts.map((one, i) =>
      i === chosen ? afterTurn(one, { gain: seen, cost: 1, share }) : one,
    );
  }
  return sum;
}

interface Course {
  readonly turns: number;
  readonly rule: Rule;
  /** The luck of a search in its n-th turn is the same whatever the rule. */
  readonly rng: Rng;
}

/** The steepest chords of all curves first: no order of turns can gain more. */
function boundOf(searches: readonly Search[], turns: number): number {
  const slopes = searches.flatMap(({ curve }) => hullSlopes(curve, turns));
  return slopes
    .sort((a, b) => b - a)
    .slice(0, turns)
    .reduce((sum, slope) => sum + slope, 0);
}

function hullSlopes(curve: Search['curve'], turns: number): readonly number[] {
  const gains = Array.from({ length: turns + 1 }, (_, t) => curve(t));
  const slopes: number[] = [];
  while (slopes.length < turns) {
    const from = slopes.length;
    let steepest = { slope: Number.NEGATIVE_INFINITY, to: turns };
    for (let to = from + 1; to <= turns; to++) {
      const slope = ((gains[to] ?? 0) - (gains[from] ?? 0)) / (to - from);
      if (slope > steepest.slope) steepest = { slope, to };
    }
    while (slopes.length < steepest.to) slopes.push(steepest.slope);
  }
  return slopes;
}

function compared(family: string, each: number, count: number): readonly Figure[] {
  const draw = FAMILIES[family] ?? (() => dead);
  const turns = each * count;
  const sums = Array.from({ length: REPEATS }, (_, repeat) => {
    const rng = publicRoot(UNSEEN).stream(repeat, `${family} ${each} ${count}`);
    const searches = Array.from({ length: count }, (_one, i) => draw(rng.fork(`search ${i}`)));
    const luck = rng.fork('luck');
    return {
      ours: gainOf(searches, { turns, rule: byGain, rng: luck }),
      equal: gainOf(searches, { turns, rule: sharesByWeight, rng: luck }),
      bound: boundOf(searches, turns),
    };
  });
  const total = (key: 'ours' | 'equal' | 'bound') => sums.reduce((sum, one) => sum + one[key], 0);
  const [low, high] = ratioInterval(sums);
  return [
    {
      name: `${family}: ${count} searches, ${each} turns each`,
      value: total('ours') / total('equal'),
      unit: 'x the gain of equal shares',
      note: `95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}; equal shares reach ${(total('equal') / total('bound')).toFixed(2)} of what one who knew the curves could`,
    },
  ];
}

const RESAMPLES = 1_000;

/** Bootstrap over the repeats, of the ratio of sums. */
function ratioInterval(
  sums: readonly { readonly ours: number; readonly equal: number }[],
): readonly [number, number] {
  const rng = publicRoot(UNSEEN).stream(-1, 'bootstrap');
  const ratios = Array.from({ length: RESAMPLES }, () => {
    const [ours, equal] = sums.reduce(
      ([a, b]) => {
        const one = sums[rng.int(sums.length)];
        return [a + (one?.ours ?? 0), b + (one?.equal ?? 0)];
      },
      [0, 0],
    );
    return ours / equal;
  });
  return [quantile(ratios, 0.025), quantile(ratios, 0.975)];
}

export const portfolio: Bench = {
  name: 'portfolio',
  what: 'budget moved by expected gain per cost, beside equal shares',
  seconds: 20,
  async run(say) {
    return Object.keys(FAMILIES).flatMap((family) => {
      say(family);
      return [4, 12].flatMap((each) => [4, 16].flatMap((count) => compared(family, each, count)));
    });
  },
};
