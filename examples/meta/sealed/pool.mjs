/** All functions of the pool, one file a family. The order is that of the files, and of two that agree on all inputs the first stands. */
import * as accounting from './pool/accounting.mjs';
import * as arrangement from './pool/arrangement.mjs';
import * as calendar from './pool/calendar.mjs';
import * as cleaning from './pool/cleaning.mjs';
import * as filters from './pool/filters.mjs';
import * as games from './pool/games.mjs';
import * as inventory from './pool/inventory.mjs';
import * as pairs from './pool/pairs.mjs';
import * as rankings from './pool/rankings.mjs';
import * as runs from './pool/runs.mjs';
import * as signals from './pool/signals.mjs';
import * as statistics from './pool/statistics.mjs';
import * as thresholds from './pool/thresholds.mjs';
import * as windows from './pool/windows.mjs';

const FAMILIES = {
  statistics,
  signals,
  accounting,
  inventory,
  rankings,
  runs,
  thresholds,
  windows,
  pairs,
  filters,
  cleaning,
  calendar,
  arrangement,
  games,
};

/** How many ideas a function joins: one, one or two, two or three. */
const DEPTHS = ['simple', 'medium', 'composed'];

export const POOL = Object.entries(FAMILIES).flatMap(([family, functions]) =>
  DEPTHS.flatMap((depth) =>
    Object.entries(functions[depth]).map(([name, apply]) => ({ name, family, depth, apply })),
  ),
);
