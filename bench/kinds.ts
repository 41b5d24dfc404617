/** Change of kind against change of rate on simulated promotions: what is found, and what is called so for nothing. */
import { publicRoot, type Rng } from '../src/core/rng.ts';
import { kindsAndRates, type PromotedChange } from '../src/reporters/report/kinds.ts';
import { wilson } from '../src/stats/wilson.ts';
import type { Bench, Figure } from './figure.ts';

const STUDIES = 300;
/** Promotions of a study. */
const LENGTHS = [9, 12, 24, 48] as const;

interface Scenario {
  readonly name: string;
  /** From half of the promotions on, in these alone. */
  readonly later: { readonly kind?: true; readonly rate?: number };
  /** Rate of the last promotion over the first, falling steadily. */
  readonly decline?: number;
}

const SCENARIOS: readonly Scenario[] = [
  { name: 'nothing changes', later: {} },
  { name: 'rate falls steadily to a tenth, nothing jumps', later: {}, decline: 0.1 },
  { name: 'a new kind makes half of the later ones', later: { kind: true } },
  { name: 'rate times three', later: { rate: 3 } },
  { name: 'rate times ten', later: { rate: 10 } },
  { name: 'new kind and rate times ten', later: { kind: true, rate: 10 } },
];

export const kinds: Bench = {
  name: 'kinds',
  what: `change of kind and of rate over simulated promotions, ${STUDIES} studies a row; gains and costs log-normal (sd 0.7 and 0.7 in logs), three kinds from the start, two of four tokens each time`,
  seconds: 60,
  run(say) {
    const figures = SCENARIOS.flatMap((scenario) => {
      say(scenario.name);
      return LENGTHS.flatMap((n) => rowsOf(scenario, n));
    });
    return Promise.resolve(figures);
  },
};

function rowsOf(scenario: Scenario, n: number): readonly Figure[] {
  let [kind, rate] = [0, 0];
  for (let study = 0; study < STUDIES; study++) {
    const rng = publicRoot(`kinds ${scenario.name} ${n}`).stream(study, 'promotions');
    const found = kindsAndRates(promotions(scenario, n, rng));
    if (found.kinds.some(({ isNew }) => isNew)) kind += 1;
    if (found.rate && found.rate.at.length > 0) rate += 1;
  }
  const figure = (what: string, count: number): Figure => {
    const [low, high] = wilson(count, STUDIES).map((share) => (100 * share).toFixed(1));
    const name = `${scenario.name}, ${n} promotions: ${what}`;
    return { name, value: (100 * count) / STUDIES, unit: '%', note: `95 % [${low}, ${high}]` };
  };
  return [figure('called a new kind', kind), figure('called a change of rate', rate)];
}

function promotions({ later, decline = 1 }: Scenario, n: number, rng: Rng): PromotedChange[] {
  return Array.from({ length: n }, (_, at) => {
    const isLater = at >= n / 2;
    const isNew = later.kind === true && isLater && rng.float() < 0.5;
    const family = isNew ? 'new' : ['a', 'b', 'c'][rng.int(3)];
    const level = (isLater ? (later.rate ?? 1) : 1) * decline ** (at / (n - 1));
    const left = rng.int(4);
    const tokens = [0, 1, 2, 3].filter((one) => one === left || one === (left + 1) % 4);
    return {
      mechanism: {
        operator: `operator ${family}`,
        places: new Set([`place ${family}`]),
        tokens: new Set(tokens.map((one) => `${family} ${one}`)),
      },
      gain: level * Math.exp(0.7 * rng.normal()),
      evals: Math.max(1, Math.round(500 * Math.exp(0.7 * rng.normal()))),
    };
  });
}
