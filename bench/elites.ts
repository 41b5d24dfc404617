/**
 * Elites measured again and ranked by shrunken means, beside archives that take scores as they stand:
 * the same searches from the same seeds through the whole engine, to the same number of evaluations.
 * What every candidate is truly worth is known, so it can be said how far each search got.
 */
import type { Elite } from '../src/archives/contract.ts';
import { runLoop } from '../src/loop/loop.ts';
import { openStudy } from '../src/loop/recovery.ts';
import { armOf } from '../src/loop/state.ts';
import type { AskRequest, Proposer } from '../src/proposers/contract.ts';
import { mean, sampleSd } from '../src/stats/summary.ts';
import { memoryStore } from '../src/stores/memory.ts';
import { manualClock } from '../src/testing/manual-clock.ts';
import { smallPlan } from '../src/testing/small-study.ts';
import type { Bench, Figure } from './figure.ts';

const SEEDS = 60;
const EVALS = 4_000;

interface Walk {
  readonly name: string;
  /** Standard deviation and mean of one change, in σ of one evaluation. */
  readonly step: number;
  readonly drift: number;
  /** Sizes candidates may have: with one the archive holds its best alone, with many a front. */
  readonly sizes: number;
}

const WALKS: readonly Walk[] = [
  { name: 'small steps, the best alone', step: 0.5, drift: -0.2, sizes: 1 },
  { name: 'small steps, a front', step: 0.5, drift: -0.2, sizes: 40 },
  { name: 'steps of 1 σ, the best alone', step: 1, drift: -0.3, sizes: 1 },
  { name: 'steps of 1 σ, a front', step: 1, drift: -0.3, sizes: 40 },
  { name: 'steps of 2 σ, nearly all for the worse', step: 2, drift: -3, sizes: 1 },
];

const worthOf = (text: string): number => (JSON.parse(text) as { effect: number }).effect;

function walker({ step, drift, sizes }: Walk): Proposer {
  return {
    name: 'walker',
    traits: { repeatable: true, sequential: false, breeds: true },
    init: () => null,
    ask(_state, { trial, rng, archive, fromOrigin }: AskRequest) {
      const parent = fromOrigin ? undefined : archive.pick(rng);
      const effect = (parent ? worthOf(parent.text) : 0) + drift + step * rng.normal();
      const text = JSON.stringify({ trial, effect });
      const parents = parent ? [parent.id] : [];
      const size = 1 + rng.int(sizes);
      return { text, parents, operator: 'step', key: text, considered: 1, size };
    },
    tell: (state) => state,
  };
}

interface Reached {
  /** True worth of the final incumbent, in σ over the origin. */
  readonly worth: number;
  /** By how much the score of the archive's best exceeds what it is worth. */
  readonly overstated: number;
  /** Share of the search's evaluations that elites took. */
  readonly share: number;
}

async function reached(walk: Walk, seed: string, isRemeasured: boolean): Promise<Reached> {
  const clock = manualClock();
  const plan = smallPlan({
    clock,
    seed,
    secret: seed,
    budget: { evals: EVALS },
    proposers: [walker(walk)],
    ...(isRemeasured ? { elites: 'remeasured' } : {}),
  });
  const ledger = await memoryStore({ clock }).open('elites', 'write');
  const study = await openStudy({ plan, ledger, reporters: [] });
  await runLoop(study);
  const { incumbent, archive, eliteCases, evals } = armOf(study.state, 'main');
  const [best] = (archive as { elites: readonly Elite[] }).elites;
  if (best === undefined) throw new Error('a study without an elite');
  const overstated = best.score - worthOf(best.text);
  return { worth: worthOf(incumbent.text), overstated, share: eliteCases / evals };
}

async function figuresOf(walk: Walk): Promise<readonly Figure[]> {
  const pairs: { readonly raw: Reached; readonly again: Reached }[] = [];
  for (let i = 0; i < SEEDS; i++) {
    const seed = `elites ${i}`;
    pairs.push({ raw: await reached(walk, seed, false), again: await reached(walk, seed, true) });
  }
  const raw = mean(pairs.map((pair) => pair.raw.worth));
  const differences = pairs.map((pair) => pair.again.worth - pair.raw.worth);
  const error = sampleSd(differences) / Math.sqrt(SEEDS);
  const share = 100 * mean(pairs.map(({ again }) => again.share));
  const by = (side: 'raw' | 'again'): string =>
    mean(pairs.map((pair) => pair[side].overstated)).toFixed(2);
  return [
    {
      name: `${walk.name}: worth reached, measured again over as they stand`,
      value: 1 + mean(differences) / raw,
      unit: `± ${(error / raw).toFixed(2)}`,
      note: `${raw.toFixed(1)} σ as they stand; the best overstated by ${by('again')} σ, by ${by('raw')} σ; ${share.toFixed(1)} % of the evaluations`,
    },
  ];
}

export const elites: Bench = {
  name: 'elites',
  what: 'elites measured again and ranked by shrunken means, beside scores as they stand',
  seconds: 35,
  async run(say) {
    const figures: Figure[] = [];
    for (const walk of WALKS) {
      say(walk.name);
      figures.push(...(await figuresOf(walk)));
    }
    return figures;
  },
};
