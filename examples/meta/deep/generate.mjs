/**
 * The deeper pool: 390 functions to train on, 210 held out.
 * `node generate.mjs --seed 5 [--inputs-seed 7] [--everyday]` prints it; `--everyday` adds the everyday functions.
 */
import { everydayTasks } from '../everyday/pool.mjs';
import { numberInputs } from '../inputs.mjs';
import { printTaskSet, readOptions } from '../task-set.mjs';
import { deepTasks } from './pool.mjs';

const { seed, inputsSeed, given } = readOptions(['everyday']);
const inputs = numberInputs(inputsSeed);
const deep = deepTasks(seed, inputs);
const everyday = given.everyday ? everydayTasks(seed, { inputs, beside: deep }) : [];
printTaskSet({
  name: given.everyday ? 'deep-everyday' : 'deep',
  seed,
  domain: 'numbers',
  inputs,
  tasks: [...deep, ...everyday],
});
