/**
 * The everyday functions alone, without those that the generated pool of the same seed has.
 * `node generate.mjs --seed 5 [--inputs-seed 7]` prints them.
 */
import { generatedTasks } from '../generated/pool.mjs';
import { numberInputs } from '../inputs.mjs';
import { printTaskSet, readOptions } from '../task-set.mjs';
import { everydayTasks } from './pool.mjs';

const { seed, inputsSeed } = readOptions();
const inputs = numberInputs(inputsSeed);
const tasks = everydayTasks(seed, { inputs, beside: generatedTasks(seed, inputs) });
printTaskSet({ name: 'everyday', seed, domain: 'numbers', inputs, tasks });
