/** The text family as one set: all of it held out, or halves for a recursion that goes on in texts. */
import { halved, handwrittenTasks } from '../handwritten.mjs';
import { taskSet } from '../task-set.mjs';
import { TEXT_FUNCTIONS } from './functions.mjs';
import { textInputs } from './inputs.mjs';

export const FLAGS = ['halves'];

/** @param {import('../task-set.mjs').Options} options */
export function makeSet({ seed, inputsSeed, flags }) {
  const inputs = textInputs(inputsSeed);
  const all = handwrittenTasks({ family: 'text', functions: TEXT_FUNCTIONS, inputs });
  const tasks = flags.halves ? halved(seed, all) : all;
  const name = flags.halves ? 'text-halves' : 'text';
  return taskSet({ name, seed, domain: 'text', inputs, tasks });
}
