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

interface Rivals {
  readonly rosenbrock: Rival;
  readonly rastrigin: Rival;
}

function rivals(): Rivals | undefined {
  for (const python of PYTHONS) {
    const { status, stdout } = spawnSync(python, [SCRIPT], { encoding: 'utf8' });
    if (status === 0) return JSON.parse(stdout) as Rivals;
  }
  return undefined;
}

/** `ours`: evaluations per CPU-second of our CMA-ES on Rosenbrock, measured just before. */
export function besideDeap(ours: number): readonly Figure[] {
  const found = rivals();
  if (found === undefined) return [];
  const note = 'DEAP 1.3.1 of Debian in this run, its CMA-ES at its defaults, the same 15 × 10,000';
  const { rosenbrock, rastrigin } = found;
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
