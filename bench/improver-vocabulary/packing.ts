/** Bin packing under twelve distributions of items: tasks of one kind, six to learn from and six that are held out. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Family } from '../taste/tasks.ts';

interface Rng {
  float(): number;
  int(least: number, most: number): number;
  weibull(scale: number, shape: number): number;
}

interface Given {
  readonly name: string;
  readonly split: Family['split'];
  readonly capacity: number;
  readonly sample: (rng: Rng) => number;
  readonly full: { readonly sets: number; readonly items: number };
}

const PACKING = join(import.meta.dirname, '../../examples/meta/policies/packing.mjs');
const FULL = { sets: 2, items: 400 };

const uniform = (least: number, most: number) => (rng: Rng) => rng.int(least, most);
const weibull = (scale: number, shape: number) => (rng: Rng) => rng.weibull(scale, shape);
/** Small ones, and now and then a large one. */
const mixed = (small: Given['sample'], large: Given['sample'], share: number) => (rng: Rng) =>
  rng.float() < share ? large(rng) : small(rng);

const DISTRIBUTIONS: Readonly<Record<Family['split'], readonly Given['sample'][]>> = {
  train: [
    uniform(20, 80),
    uniform(10, 50),
    weibull(45, 3),
    weibull(30, 1.8),
    mixed(uniform(5, 30), uniform(40, 70), 0.4),
    mixed(weibull(20, 3), weibull(55, 6), 0.5),
  ],
  'held-out': [
    uniform(15, 65),
    uniform(25, 55),
    weibull(38, 2.2),
    weibull(52, 4),
    mixed(uniform(10, 25), uniform(35, 60), 0.5),
    mixed(weibull(25, 2), weibull(48, 8), 0.3),
  ],
};

/** Bins of 100. */
export async function packings(split: Family['split']): Promise<readonly Family[]> {
  const { family } = (await import(pathToFileURL(PACKING).href)) as {
    readonly family: (given: Given) => Family;
  };
  return DISTRIBUTIONS[split].map((sample, at) =>
    family({ name: `packing ${split} ${at + 1}`, split, capacity: 100, sample, full: FULL }),
  );
}
