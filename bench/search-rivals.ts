/** DEAP beside us in the same run, where it is installed (Debian: python3-deap). */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Figure, median } from './figure.ts';

const SCRIPT = join(import.meta.dirname, 'search-rivals.py');
/** The one of Debian is not always the first on PATH. */
const PYTHONS = ['python3', '/usr/bin/python3'];

interface Rival {
  readonly best: readonly number[];
  readonly evalsPerCpuSecond: number;
}

/** The same for all who are compared. */
export interface Effort {
  readonly dimension: number;
  readonly evals: number;
  readonly seeds: number;
}

interface Rivals {
  readonly version: string;
  readonly rosenbrock: Rival;
  readonly rastrigin: Rival;
}

function rivals({ dimension, evals, seeds }: Effort): Rivals | undefined {
  const sizes = [dimension, evals, seeds].map(String);
  for (const python of PYTHONS) {
    const { status, stdout } = spawnSync(python, [SCRIPT, ...sizes], { encoding: 'utf8' });
    if (status === 0) return JSON.parse(stdout) as Rivals;
  }
  return undefined;
}

/** `ours`: evaluations per CPU-second of our CMA-ES on Rosenbrock, measured just before. */
export function besideDeap(ours: number, effort: Effort): readonly Figure[] {
  const found = rivals(effort);
  if (found === undefined) return [];
  const { version, rosenbrock, rastrigin } = found;
  const note = `DEAP ${version} in this run, its CMA-ES at its defaults, ${effort.seeds} seeds`;
  return [
    {
      name: 'Rosenbrock-20, DEAP: median of the best',
      value: median(rosenbrock.best),
      unit: '',
      note,
    },
    {
      name: 'Rastrigin-20, DEAP: median of the best',
      value: median(rastrigin.best),
      unit: '',
      note,
    },
    {
      name: 'Rosenbrock-20, CMA-ES: evaluations per CPU-second over DEAP’s',
      value: ours / rosenbrock.evalsPerCpuSecond,
      unit: '×',
      note: `DEAP ${Math.round(rosenbrock.evalsPerCpuSecond)} /s here`,
    },
  ];
}
