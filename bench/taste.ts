/**
 * The surrogate taste on families of policies that its net never saw (examples/meta/policies, held out): how good
 * its forecasts were on the trials that nobody chose, and what choosing by it gains at the same CPU time.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publicRoot, type Rng } from '../src/core/rng.ts';
import { studentQuantile } from '../src/stats/distributions.ts';
import { type ForecastScore, type Scored, scoreOf } from '../src/stats/forecast-score.ts';
import { mean, quantile, sampleSd } from '../src/stats/summary.ts';
import type { Bench, Figure } from './figure.ts';
import { CASES, DEAR_MS, EVALS, INSTANCES, type Run, type runsOf, SEEDS } from './taste/runs.ts';
import { families } from './taste/tasks.ts';

/** Families side by side, each in a process of its own: CPU time is counted, so they may share the machine. */
const AT_A_TIME = 4;
const CHILD = join(import.meta.dirname, 'taste-child.ts');
const MOST_BYTES = 512 * 1024 * 1024;

async function inChild(name: string): ReturnType<typeof runsOf> {
  const argv = [...process.execArgv, CHILD, name];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { maxBuffer: MOST_BYTES });
  return JSON.parse(stdout);
}

export const taste: Bench = {
  name: 'taste',
  what: 'forecasts on unseen families of tasks, and what choosing by them gains at equal CPU',
  seconds: 600,
  async run(say) {
    const names = (await families('held-out')).map(({ name }) => name);
    const found: Awaited<ReturnType<typeof runsOf>>[] = [];
    for (let from = 0; from < names.length; from += AT_A_TIME) {
      const some = names.slice(from, from + AT_A_TIME);
      found.push(...(await Promise.all(some.map(inChild))));
      say(`${some.join(', ')}: done`);
    }
    const runs = found.flatMap(({ single }) => single);
    const dear = found.flatMap(({ several }) => several);
    return [...forecastFigures(runs), ...gainFigures(runs, dear)];
  },
};

function scoredOf({ chosen }: Run): readonly Scored[] {
  return chosen.trials.flatMap(({ forecast, judged }) => {
    if (!judged.atRandom || judged.better === null) return [];
    const gain = judged.score === null ? {} : { gain: judged.score - judged.over };
    return [{ chance: forecast.chance, rank: forecast.chance, better: judged.better, ...gain }];
  });
}

/** Regrets of choosing are of one task each: gains of different tasks have no common unit. */
function forecastFigures(runs: readonly Run[]): Figure[] {
  const all = scoreOf(runs.flatMap(scoredOf));
  const names = [...new Set(runs.map(({ family }) => family))];
  const bases = `n ${all.n}, base rate ${percent(all.baseRate.value)}; ${names.length} families, ${runs.length} runs`;
  const area = (score: ForecastScore) => score.area?.value ?? Number.NaN;
  const skill = (score: ForecastScore) => score.skill?.value ?? Number.NaN;
  const clustered = (of: (score: ForecastScore) => number): string =>
    intervalText(bootstrap(runs, (some) => of(scoreOf(some.flatMap(scoredOf)))));
  return [
    {
      name: 'area under the ROC curve, unseen families, random arm',
      value: area(all),
      unit: '',
      target: { least: 0.83 },
      note: `${clustered(area)} by families; ${bases}`,
    },
    {
      name: 'Brier skill over the base rate, unseen families, random arm',
      value: 100 * skill(all),
      unit: '%',
      target: { least: 20 },
      note: `${clustered((score) => 100 * skill(score))} by families; Brier score ${all.brier?.toPrecision(3)}`,
    },
    ...all.reliability.map(({ from, to, n, said, came, interval }) => ({
      name: `reliability, said ${percent(from)} to ${percent(to)}: came true`,
      value: 100 * came,
      unit: '%',
      note: `[${interval.map(percent).join(', ')}]; said ${percent(said)} on average, n ${n}`,
    })),
    ...names.map((name) => {
      const own = scoreOf(runs.filter(({ family }) => family === name).flatMap(scoredOf));
      const regret = own.regret
        ? `, regret of choosing ${own.regret.value.toFixed(2)} of a coin's`
        : '';
      return {
        name: `${name}: area`,
        value: area(own),
        unit: '',
        note: `skill ${percent(skill(own))}, base rate ${percent(own.baseRate.value)}, n ${own.n}${regret}`,
      };
    }),
  ];
}

/** Regret: 0 is the best seen in any run on the instance, 1 the start. */
function regretsOf(runs: readonly Run[]) {
  return runs.map((run) => {
    const same = runs.filter(
      ({ family, instance }) => family === run.family && instance === run.instance,
    );
    const top = Math.max(...same.flatMap(({ chosen, sameCpu }) => [chosen.best, sameCpu.best]));
    const { origin } = run.chosen;
    const of = (best: number): number => (top > origin ? (top - best) / (top - origin) : 0);
    const atSameEvals = run.sameCpu.course[EVALS - 1] ?? run.sameCpu.best;
    return {
      ...run,
      chosenRegret: of(run.chosen.best),
      plainRegret: of(run.sameCpu.best),
      evalsRegret: of(atSameEvals),
    };
  });
}

type Regretted = ReturnType<typeof regretsOf>[number];

function gainFigures(runs: readonly Run[], several: readonly Run[]): Figure[] {
  const regrets = regretsOf(runs);
  const names = [...new Set(runs.map(({ family }) => family))];
  const ofFamily = (name: string) => regrets.filter(({ family }) => family === name);
  const isDear = (name: string) =>
    mean(ofFamily(name).map(({ evaluationMs }) => evaluationMs)) >= DEAR_MS;
  const dear = names.filter(isDear);
  const cheap = names.filter((name) => !isDear(name));
  return [
    ...gain('evaluations of ≥ 1 ms, equal CPU', dear.flatMap(ofFamily), 'plainRegret'),
    ...gain(
      `evaluations of ≥ 1 ms, each of ${CASES} instances, equal CPU`,
      regretsOf(several),
      'plainRegret',
    ),
    ...gain('evaluations of < 1 ms, equal CPU', cheap.flatMap(ofFamily), 'plainRegret'),
    ...gain('all, equal evaluations', regrets, 'evalsRegret'),
    ...names.flatMap((name) => gain(`${name}, equal CPU`, ofFamily(name), 'plainRegret')),
  ];
}

function gain(
  name: string,
  runs: readonly Regretted[],
  against: 'plainRegret' | 'evalsRegret',
): readonly Figure[] {
  if (runs.length === 0) return [];
  const difference = (some: readonly Regretted[]): number =>
    mean(some.map((run) => run.chosenRegret - run[against]));
  const wins = runs.filter((run) => run.chosenRegret < run[against]).length;
  const losses = runs.filter((run) => run.chosenRegret > run[against]).length;
  const evals = mean(runs.map(({ sameCpu }) => sameCpu.trials.length));
  const ms = mean(runs.map(({ evaluationMs }) => evaluationMs));
  const total = mean(runs.map(({ chosen }) => chosen.cpuMs)) / EVALS;
  const ours = mean(runs.map(({ chosenRegret }) => chosenRegret)).toFixed(3);
  const theirs = mean(runs.map((run) => run[against])).toFixed(3);
  return [
    {
      name: `regret, surrogate less base rate: ${name}`,
      value: difference(runs),
      unit: '',
      note: `${intervalText(bootstrap(runs, difference))} by families, ${bySeeds(runs, difference)}; ${ours} against ${theirs}, ${wins} better and ${losses} worse of ${runs.length}; an evaluation ${ms.toFixed(2)} ms, a trial with choosing ${total.toFixed(2)} ms; ${EVALS} evaluations${against === 'plainRegret' ? ` against ${evals.toFixed(0)}` : ''}`,
    },
  ];
}

/** On these families, over pairs of instance and seed: Student's interval of the means over families. */
function bySeeds(
  runs: readonly Regretted[],
  difference: (some: readonly Regretted[]) => number,
): string {
  const pairs = Array.from({ length: INSTANCES * SEEDS }, (_, i) =>
    runs.filter(({ instance, seed }) => instance === Math.floor(i / SEEDS) && seed === i % SEEDS),
  );
  const each = pairs.map(difference);
  const half = (studentQuantile(0.975, each.length - 1) * sampleSd(each)) / Math.sqrt(each.length);
  const centre = mean(each);
  return `${intervalText([centre - half, centre + half])} by ${each.length} seeds`;
}

const RESAMPLES = 400;

/** 95 % by resampling families, and within each its runs. */
function bootstrap<T extends Run>(runs: readonly T[], of: (some: readonly T[]) => number) {
  const names = [...new Set(runs.map(({ family }) => family))];
  const groups = names.map((name) => runs.filter(({ family }) => family === name));
  const rng = publicRoot('taste bench').stream(0, 'bootstrap');
  const found = Array.from({ length: RESAMPLES }, () =>
    of(resample(groups, rng).flatMap((group) => resample(group, rng))),
  );
  return [quantile(found, 0.025), quantile(found, 0.975)] as const;
}

function resample<T>(all: readonly T[], rng: Rng): T[] {
  return all.map(() => all[rng.int(all.length)] as T);
}

function intervalText([low, high]: readonly [number, number]): string {
  return `[${low.toPrecision(3)}, ${high.toPrecision(3)}]`;
}

function percent(share: number): string {
  return `${(100 * share).toPrecision(3)} %`;
}
