/**
 * A taste that an improver keeps (docs/taste.md): its net trained further on closed studies of the same family, or of
 * others, and on the same trials held against the net that is shipped. Families and instances that neither ever saw;
 * counted in evaluations.
 */
import { publicRoot } from '../src/core/rng.ts';
import { studentQuantile } from '../src/stats/distributions.ts';
import { type ForecastScore, type Scored, scoreOf } from '../src/stats/forecast-score.ts';
import { mean, sampleSd } from '../src/stats/summary.ts';
import {
  chanceOf,
  correctionOf,
  logOdds,
  type Net,
  type Told,
} from '../src/tastes/surrogate/net.ts';
import { PRIOR } from '../src/tastes/surrogate/prior.ts';
import { type Sample, trainFurther } from '../src/tastes/surrogate/train.ts';
import type { Bench, Figure } from './figure.ts';
import { recordsOf } from './taste/records.ts';
import { families, taskOf } from './taste/tasks.ts';

const SEEDS = 12;
const EVALS = 120;
/** Studies it learns from, of the family. */
const STUDIES = 3;
const FIRST_TRAINING = 1000;
const FIRST_TEST = 1100;
const MOST_TOLD = 200;

interface Family {
  readonly name: string;
  readonly taught: readonly Sample[];
  /** One list a seed. */
  readonly tests: readonly (readonly Sample[])[];
}

type Line = 'cold' | 'warm' | 'others';
const LINES: readonly Line[] = ['cold', 'warm', 'others'];

export const tasteWarm: Bench = {
  name: 'taste-warm',
  what: 'forecasts of a taste trained further on earlier studies, against the one that is shipped',
  seconds: 120,
  async run(say) {
    const all: Family[] = [];
    for (const family of await families('held-out')) {
      const records = (instance: number) =>
        recordsOf(taskOf(family, instance), {
          seed: `warm ${family.name} ${instance}`,
          evals: EVALS,
          chooses: false,
        });
      const taught: Sample[] = [];
      for (let i = 0; i < STUDIES; i++) taught.push(...(await records(FIRST_TRAINING + i)));
      const tests: (readonly Sample[])[] = [];
      for (let i = 0; i < SEEDS; i++) tests.push(await records(FIRST_TEST + i));
      all.push({ name: family.name, taught, tests });
      say(`${family.name}: ${tests.flat().length} trials`);
    }
    return figuresOf(all);
  },
};

function netsOf(families: readonly Family[], { name, taught }: Family): Record<Line, Net> {
  const rng = (line: string) => publicRoot(`taste-warm ${name}`).stream(0, line);
  const others = families.filter((one) => one.name !== name).flatMap((one) => one.taught);
  return {
    cold: PRIOR,
    warm: trainFurther(PRIOR, taught, rng('warm')),
    others: trainFurther(PRIOR, others, rng('others')),
  };
}

/** As a study says it: corrected by what came of its forecasts so far. */
function forecasts(net: Net, trials: readonly Sample[]): readonly Scored[] {
  const told: Told[] = [];
  return trials.map(({ x, ...came }) => {
    const { shift, slope } = correctionOf(told.slice(-MOST_TOLD));
    const odds = logOdds(net, x);
    told.push({ odds, better: came.better });
    const chance = chanceOf(shift + slope * odds);
    return { chance, rank: chance, ...came };
  });
}

interface Reading {
  readonly family: string;
  readonly bySeed: readonly (readonly Scored[])[];
}

function figuresOf(families: readonly Family[]): Figure[] {
  const readings = families.map((family) => ({ family, nets: netsOf(families, family) }));
  const of = (line: Line): readonly Reading[] =>
    readings.map(({ family, nets }) => ({
      family: family.name,
      bySeed: family.tests.map((trials) => forecasts(nets[line], trials)),
    }));
  const lines = Object.fromEntries(LINES.map((line) => [line, of(line)])) as Record<
    Line,
    readonly Reading[]
  >;
  return [
    ...LINES.flatMap((line) => lineFigures(line, lines[line])),
    ...(['warm', 'others'] as const).flatMap((line) => differences(line, lines[line], lines.cold)),
    ...families.map(({ name }, at) => ({
      name: `${name}: Brier score, warm less cold`,
      value: brierOf(lines.warm[at]) - brierOf(lines.cold[at]),
      unit: '',
      note: `${brierOf(lines.warm[at]).toFixed(4)} against ${brierOf(lines.cold[at]).toFixed(4)}; trained further on ${families[at]?.taught.length} trials`,
    })),
  ];
}

const WORDS: Readonly<Record<Line, string>> = {
  cold: 'the net that is shipped',
  warm: `trained further on ${STUDIES} studies of the family`,
  others: `trained further on ${STUDIES} studies of each other family`,
};

const pooled = (readings: readonly Reading[]): ForecastScore =>
  scoreOf(readings.flatMap(({ bySeed }) => bySeed.flat()));
const brierOf = (reading: Reading | undefined): number =>
  scoreOf(reading?.bySeed.flat() ?? []).brier ?? Number.NaN;

function lineFigures(line: Line, readings: readonly Reading[]): readonly Figure[] {
  const { area, skill, brier, baseRate, n } = pooled(readings);
  const areas = mean(
    readings.map(({ bySeed }) => scoreOf(bySeed.flat()).area?.value ?? Number.NaN),
  );
  return [
    {
      name: `${line}: area under the ROC curve`,
      value: area?.value ?? Number.NaN,
      unit: '',
      note: `${WORDS[line]}; mean of families ${areas.toFixed(3)}; n ${n}, base rate ${(100 * baseRate.value).toFixed(1)} %`,
    },
    {
      name: `${line}: Brier skill over the base rate`,
      value: 100 * (skill?.value ?? Number.NaN),
      unit: '%',
      note: `Brier score ${brier?.toFixed(4)}`,
    },
  ];
}

/** On the same trials: of each seed the mean over families, and Student's interval over seeds; then over families. */
function differences(
  line: Line,
  readings: readonly Reading[],
  cold: readonly Reading[],
): readonly Figure[] {
  const gain = (score: (some: readonly Scored[]) => number | undefined, seed: number): number[] =>
    readings.flatMap(({ bySeed }, at) => {
      const [now, before] = [bySeed[seed] ?? [], cold[at]?.bySeed[seed] ?? []].map(score);
      return now === undefined || before === undefined ? [] : [now - before];
    });
  const figure = (name: string, score: (some: readonly Scored[]) => number | undefined): Figure => {
    const seeds = Array.from({ length: SEEDS }, (_, seed) => mean(gain(score, seed)));
    const byFamily = readings.map((_, at) => {
      const each = readings[at]?.bySeed.flatMap((some, seed) => {
        const [now, before] = [some, cold[at]?.bySeed[seed] ?? []].map(score);
        return now === undefined || before === undefined ? [] : [now - before];
      });
      return mean(each ?? []);
    });
    const better = byFamily.filter((one) => one > 0).length;
    return {
      name: `${name}, ${line} less cold, mean of runs of ${EVALS} evaluations`,
      value: mean(seeds),
      unit: '',
      note: `${student(seeds)} over ${SEEDS} seeds, ${student(byFamily)} over ${byFamily.length} families, of which ${better} rose`,
    };
  };
  return [
    figure('Brier score', meanSquare),
    figure('area', (some) => scoreOf(some).area?.value),
    figure('regret of choosing (a coin has 1)', (some) => scoreOf(some).regret?.value),
  ];
}

const meanSquare = (some: readonly Scored[]): number =>
  mean(some.map(({ chance = 0, better }) => (chance - (better ? 1 : 0)) ** 2));

function student(values: readonly number[]): string {
  const half =
    (studentQuantile(0.975, values.length - 1) * sampleSd(values)) / Math.sqrt(values.length);
  const centre = mean(values);
  return `[${(centre - half).toPrecision(3)}, ${(centre + half).toPrecision(3)}]`;
}
