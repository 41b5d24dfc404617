/** The everyday functions beside tasks on the same inputs, half for training and half held out. */
import { halved, handwrittenTasks } from '../handwritten.mjs';
import { EVERYDAY } from './functions.mjs';

/**
 * @param {number} seed of the halves
 * @param {object} set
 * @param {import('../inputs.mjs').Inputs} set.inputs
 * @param {readonly import('../behaviour.mjs').Behaviour[]} set.beside what they must not repeat
 */
export function everydayTasks(seed, { inputs, beside }) {
  return halved(
    seed,
    handwrittenTasks({ family: 'everyday', functions: EVERYDAY, inputs, beside }),
  );
}
