/** The two sides of a split evaluator, with the judge where no candidate can read it. */
import { realpathSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import type { SplitOptions } from '../evaluators/split.ts';
import type { Config } from './config-schema.ts';
import type { Surface } from './surface.ts';
import { requirePath } from './task-files.ts';

type SplitParts = Pick<SplitOptions, 'judge' | 'solver' | 'python' | 'batch' | 'steps'>;

/** What `evaluator` or a stage says of it. */
export interface SplitSpec {
  readonly use: 'split';
  readonly judge: string;
  readonly solver: string;
  readonly python?: string | undefined;
  readonly batch: number;
}

interface Task {
  readonly root: string;
  readonly config: Pick<Config, 'evaluator'>;
  readonly surface: Pick<Surface, 'include'>;
}

/** @throws PacelineError CONFIG_INVALID where a candidate could read how it is scored. */
export function splitParts(
  { root, config, surface }: Task,
  spec: SplitSpec,
  key: string,
): SplitParts {
  const judge = requirePath(root, spec.judge, `${key}.judge`);
  const solver = requirePath(root, spec.solver, `${key}.solver`);
  // By what they are: a link leads a candidate there as well.
  const real = realpathSync(judge);
  if (real.startsWith(realpathSync(dirname(solver)) + sep)) {
    throw readable(
      spec,
      `${key}.judge lies in the folder of ${key}.solver, all of which a candidate can read. Put the solver into a folder of its own, for example solver/solve.ts.`,
    );
  }
  const included = surface.include.find((file) => realpathSync(resolve(root, file)) === real);
  if (included !== undefined) {
    throw readable(
      spec,
      `surface.include puts ${key}.judge beside every candidate, which can read it there (${included}). Leave it out there.`,
    );
  }
  const { batch, python } = spec;
  const { steps } = config.evaluator.limits ?? {};
  return { judge, solver, batch, ...(python ? { python } : {}), ...(steps ? { steps } : {}) };
}

function readable({ judge, solver }: SplitSpec, message: string): PacelineError {
  return new PacelineError('CONFIG_INVALID', message, { judge, solver });
}
