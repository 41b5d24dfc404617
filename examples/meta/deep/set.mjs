/** The deeper pool as one set, with or without the everyday functions on the same inputs. */
import { everydayTasks } from '../everyday/pool.mjs';
import { numberInputs } from '../inputs.mjs';
import { taskSet } from '../task-set.mjs';
import { deepTasks } from './pool.mjs';

export const FLAGS = ['everyday'];

/** @param {import('../task-set.mjs').Options} options */
export function makeSet({ seed, inputsSeed, flags }) {
  const inputs = numberInputs(inputsSeed);
  const deep = deepTasks(seed, inputs);
  const everyday = flags.everyday ? everydayTasks(seed, { inputs, beside: deep }) : [];
  const name = flags.everyday ? 'deep-everyday' : 'deep';
  return taskSet({ name, seed, domain: 'numbers', inputs, tasks: [...deep, ...everyday] });
}
