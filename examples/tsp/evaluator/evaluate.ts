import { expectedBest, insertionTour, makeCities, tourLength } from './tour.ts';

interface Request {
  /** Folder with the candidate's files. */
  readonly candidate: string;
  readonly cases: readonly { readonly seed: number }[];
  readonly params: { readonly cities: number; readonly instances: number };
}

/** Excess over the expected best tour, in percent: mean of `params.instances` instances of a case. */
export async function evaluate({ candidate, cases, params }: Request) {
  const { priority } = await import(`${candidate}/origin/choose.ts`);
  const { cities: count, instances } = params;
  return cases.map(({ seed }) => {
    const excesses = Array.from({ length: instances }, (_, i) => {
      const cities = makeCities((seed + Math.imul(i, 0x9e3779b1)) >>> 0, count);
      const tour = insertionTour(cities, priority);
      if (new Set(tour).size !== count) throw new Error('not a tour of all cities');
      return 100 * (tourLength(cities, tour) / expectedBest(count) - 1);
    });
    return { excess: excesses.reduce((sum, one) => sum + one, 0) / instances };
  });
}
