/** All families of policies. A family that is held out takes part in no decision about an improver. */
import { families as balancing } from './balancing.mjs';
import { families as cache } from './cache.mjs';
import { families as colouring } from './colouring.mjs';
import { families as control } from './control.mjs';
import { families as independentSet } from './independent-set.mjs';
import { families as inventory } from './inventory.mjs';
import { families as jobShop } from './job-shop.mjs';
import { families as knapsack } from './knapsack.mjs';
import { families as optimiser } from './optimiser.mjs';
import { families as packing } from './packing.mjs';
import { families as regression } from './regression.mjs';
import { families as setCover } from './set-cover.mjs';
import { families as tardiness } from './tardiness.mjs';
import { families as tour } from './tour.mjs';

export const families = [
  ...packing,
  ...tardiness,
  ...knapsack,
  ...tour,
  ...colouring,
  ...cache,
  ...balancing,
  ...control,
  ...inventory,
  ...regression,
  ...independentSet,
  ...jobShop,
  ...setCover,
  ...optimiser,
];
