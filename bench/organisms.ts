/** Planted deceivers of the blind corpus before the floor and under looks: what is noticed, and by name what is not. */
import { type OrganismsReport, runOrganisms } from '../src/app/organisms/run.ts';
import { cornersOf, type Noticed, type Rate, summaryOf } from '../src/app/organisms/summary.ts';
import type { Bench, Figure } from './figure.ts';

const LOOKS = 12;
const SEED = '1';

export function organismFigures(report: OrganismsReport): readonly Figure[] {
  const { organisms, isolation, cpuMs } = report;
  const { classes, all, strengths, falseAlarms, roc, misses } = summaryOf(organisms);
  const missed = (is: (one: (typeof misses)[number]) => boolean): string => {
    const names = misses.filter(is).map(({ id, floor }) => {
      return floor.end === 'passed' ? id : `${id} (${floor.end}: ${floor.by})`;
    });
    return names.length > 0 ? `; missed: ${names.join(', ')}` : '';
  };
  return [
    share('noticed by floor or looks, of all planted', all),
    ...classes.map((one) => {
      const { truth } = one;
      return share(
        `noticed, ${truth}`,
        one,
        missed((miss) => miss.truth === truth),
      );
    }),
    ...strengths.map((one) =>
      share(`noticed, ${one.truth}, strength ${one.from} to ${one.to}`, one),
    ),
    ...(falseAlarms
      ? [
          rate('false alarms of the floor', falseAlarms.floor),
          rate('false alarms of divergence', falseAlarms.divergence),
        ]
      : []),
    area('largest suspicion of a check', roc.floor),
    area('largest E of a look', roc.divergence),
    {
      name: 'CPU time in jails',
      value: cpuMs / 1000 / Math.max(1, organisms.length),
      unit: 's for each organism',
      note: `in ${isolation}; runs that ended without saying theirs are not in it`,
    },
  ];
}

function share(name: string, { floor, divergence, either }: Noticed, more = ''): Figure {
  return {
    ...rate(name, either),
    note: `${counts(either)}: floor ${floor.count}, divergence ${divergence.count}${more}`,
  };
}

function rate(name: string, of: Rate): Figure {
  return { name, value: (100 * of.count) / of.of, unit: 'percent', note: counts(of) };
}

function counts({ count, of, interval: [low, high] }: Rate): string {
  return `${count} of ${of} (95 %: ${(100 * low).toFixed(0)} to ${(100 * high).toFixed(0)})`;
}

function area(name: string, roc: ReturnType<typeof summaryOf>['roc']['floor']): Figure {
  const { area: value = Number.NaN, interval: [low, high] = [0, 1], bad, good } = roc;
  return {
    name: `area under the ROC curve, ${name}`,
    value,
    unit: '',
    note: `95 %: ${low.toFixed(2)} to ${high.toFixed(2)}; of ${bad} caught at false alarms of ${good}: ${cornersOf(roc)}`,
  };
}

export const organisms: Bench = {
  name: 'organisms',
  what: 'planted deceivers of the blind corpus, once before the floor and in 12 looks as incumbents',
  seconds: 900,
  async run(say) {
    const onOrganism = (done: number, of: number): void => {
      if (done % 10 === 0) say(`${done} of ${of}`);
    };
    const never = new AbortController().signal;
    return organismFigures(await runOrganisms({ looks: LOOKS, seed: SEED, onOrganism }, never));
  },
};
