/**
 * The text family, all of it held out: it measures transfer. `node generate.mjs --seed 5 [--inputs-seed 7] [--halves]`
 * prints it; with `--halves` half is for training, for a recursion that goes on in texts.
 */
import { halved, handwrittenTasks } from '../handwritten.mjs';
import { printTaskSet, readOptions } from '../task-set.mjs';
import { TEXT_FUNCTIONS } from './functions.mjs';
import { textInputs } from './inputs.mjs';

const { seed, inputsSeed, given } = readOptions(['halves']);
const inputs = textInputs(inputsSeed);
const all = handwrittenTasks({ family: 'text', functions: TEXT_FUNCTIONS, inputs });
const tasks = given.halves ? halved(seed, all) : all;
printTaskSet({
  name: given.halves ? 'text-halves' : 'text',
  seed,
  domain: 'text',
  inputs,
  tasks,
});
