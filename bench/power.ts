/** What finding an effect costs: power and evaluations against its size and the size planned for. */
import { runNullStudies } from '../src/app/null-study/report.ts';
import { systemClock } from '../src/app/system-clock.ts';
import type { Bench, Figure } from './figure.ts';

const STUDIES = 200;

/** Planned effect and true effect, both in σ of one evaluation. */
const CELLS = [
  [2, 3],
  [2, 2],
  [2, 1.5],
  [2, 1],
  [1, 1.5],
  [1, 1],
  [1, 0.5],
  [0.5, 0.5],
] as const;

export const power: Bench = {
  name: 'power',
  what: `one good candidate among 50 under Gaussian noise, ${STUDIES} studies a row, through the engine`,
  seconds: 60,
  async run(say) {
    const figures: Figure[] = [];
    for (const [smallestEffect, planted] of CELLS) {
      figures.push(...(await figuresOf(smallestEffect, planted)));
      say(`planned ${smallestEffect} sigma, true ${planted} sigma`);
    }
    return figures;
  },
};

async function figuresOf(smallestEffect: number, planted: number): Promise<readonly Figure[]> {
  const report = await runNullStudies({
    studies: STUDIES,
    candidates: 50,
    noise: 'gaussian',
    seed: 'power',
    clock: systemClock,
    planted,
    smallestEffect,
  });
  const ours = report.planted?.rates.find(({ rule }) => rule === 'paceline');
  const [low = 0, high = 0] = ours?.found?.interval ?? [];
  const row = `planned ${smallestEffect} sigma, true ${planted} sigma`;
  return [
    {
      name: `${row}: found`,
      value: 100 * (ours?.found?.rate ?? Number.NaN),
      unit: '%',
      note: `95 % interval [${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`,
    },
    {
      name: `${row}: evaluations per candidate`,
      value: ours?.evaluationsPerCandidate ?? Number.NaN,
      unit: '',
    },
  ];
}
