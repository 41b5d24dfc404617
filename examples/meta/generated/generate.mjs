/**
 * The generated pool: 260 functions to train on, 140 held out in cells that training never shows.
 * `node generate.mjs --seed 5 [--inputs-seed 7] [--everyday]` prints it; `--everyday` adds the everyday functions.
 */
import { everydayTasks } from '../everyday/pool.mjs';
import { numberInputs } from '../inputs.mjs';
import { printTaskSet, readOptions } from '../task-set.mjs';
import { generatedTasks } from './pool.mjs';

const { seed, inputsSeed, given } = readOptions(['everyday']);
const inputs = numberInputs(inputsSeed);
const generated = generatedTasks(seed, inputs);
const everyday = given.everyday ? everydayTasks(seed, { inputs, beside: generated }) : [];
printTaskSet({
  name: given.everyday ? 'generated-everyday' : 'generated',
  seed,
  domain: 'numbers',
  inputs,
  tasks: [...generated, ...everyday],
});
