/** The generated pool as one set, with or without the everyday functions on the same inputs. */
import { everydayTasks } from '../everyday/pool.mjs';
import { numberInputs } from '../inputs.mjs';
import { taskSet } from '../task-set.mjs';
import { generatedTasks } from './pool.mjs';

export const FLAGS = ['everyday'];

/** @param {import('../task-set.mjs').Options} options */
export function makeSet({ seed, inputsSeed, flags }) {
  const inputs = numberInputs(inputsSeed);
  const generated = generatedTasks(seed, inputs);
  const everyday = flags.everyday ? everydayTasks(seed, { inputs, beside: generated }) : [];
  const name = flags.everyday ? 'generated-everyday' : 'generated';
  return taskSet({ name, seed, domain: 'numbers', inputs, tasks: [...generated, ...everyday] });
}
