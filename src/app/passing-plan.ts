/** A plan that no study follows: what `doctor` and a dry run look at, and nothing of it stays. */
import type { Awaitable } from '../core/json.ts';
import type { Plan } from '../loop/plan.ts';
import { buildPlan } from './build-plan.ts';
import type { Config } from './config-schema.ts';
import { whileWorking } from './leaves-nothing.ts';
import { newSecret } from './study-files.ts';
import { systemClock } from './system-clock.ts';
import { withoutStudy } from './without-study.ts';

interface Place {
  readonly root: string;
  readonly config: Config;
}

/**
 * Its work folder carries the process: whoever shared one would end the other's evaluators, and `gc`
 * takes away what nobody works in.
 * @throws PacelineError for whatever `run` would refuse.
 */
export async function withPassingPlan<T>(
  purpose: 'doctor' | 'dry-run',
  { root, config }: Place,
  look: (plan: Plan) => Awaitable<T>,
): Promise<T> {
  const id = `${purpose}.${process.pid}`;
  const request = { id, root, config, secret: newSecret(), clock: systemClock };
  return whileWorking(root, id, async () => {
    try {
      const { plan, close } = await buildPlan(request);
      try {
        return await look(plan);
      } finally {
        await close();
      }
    } catch (error) {
      throw withoutStudy(error);
    }
  });
}
