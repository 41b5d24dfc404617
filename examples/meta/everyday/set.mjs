/** The everyday functions alone: those that the generated pool of the same seed does not have. */
import { generatedTasks } from '../generated/pool.mjs';
import { numberInputs } from '../inputs.mjs';
import { taskSet } from '../task-set.mjs';
import { everydayTasks } from './pool.mjs';

export const FLAGS = [];

/** @param {import('../task-set.mjs').Options} options */
export function makeSet({ seed, inputsSeed }) {
  const inputs = numberInputs(inputsSeed);
  const tasks = everydayTasks(seed, { inputs, beside: generatedTasks(seed, inputs) });
  return taskSet({ name: 'everyday', seed, domain: 'numbers', inputs, tasks });
}
