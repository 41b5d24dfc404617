/** Runs a candidate: the tours that its priority makes. This is all that stands in its jail. */
import { type City, insertionTour } from './insertion.ts';

interface Asked {
  /** Folder with the candidate's files. */
  readonly candidate: string;
  readonly input: readonly (readonly City[])[];
}

export async function solve({ candidate, input }: Asked) {
  const { priority } = await import(`${candidate}/origin/choose.ts`);
  return input.map((cities) => insertionTour(cities, priority));
}
