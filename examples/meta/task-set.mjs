/**
 * What every generator here does at its door: reads its options, and prints one JSON value on stdout.
 *
 * @typedef {object} Options
 * @property {number} seed draws functions and halves
 * @property {number} inputsSeed draws the inputs: two sets with the same one can be compared
 * @property {Readonly<Record<string, boolean>>} flags
 */
import { parseArgs } from 'node:util';

const SCHEMA = 'paceline/task-set/1';
const USAGE_EXIT = 2;

/**
 * `--seed N` (1 where not given), `--inputs-seed N` (the seed where not given), and flags by their names.
 *
 * @param {readonly string[]} names of the flags
 * @returns {Options}
 */
export function readOptions(names) {
  try {
    return options(names);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return process.exit(USAGE_EXIT);
  }
}

function options(names) {
  const flags = Object.fromEntries(names.map((name) => [name, { type: 'boolean' }]));
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, 'inputs-seed': { type: 'string' }, ...flags },
  });
  const seed = seedOf('--seed', values.seed ?? '1');
  return {
    seed,
    inputsSeed: seedOf('--inputs-seed', values['inputs-seed'] ?? String(seed)),
    flags: Object.fromEntries(names.map((name) => [name, values[name] === true])),
  };
}

function seedOf(option, text) {
  if (/^\d+$/.test(text) && Number(text) < 2 ** 32) return Number(text);
  throw new Error(`${option} ${text} is no seed. Write a whole number from 0 to 4294967295.`);
}

/**
 * One group: all tasks share their inputs.
 *
 * @param {{ name: string, seed: number, domain: 'numbers' | 'text', inputs: import('./inputs.mjs').Inputs, tasks: readonly object[] }} set
 */
export function taskSet({ name, seed, domain, inputs, tasks }) {
  const { examples, hidden } = inputs;
  return { schema: SCHEMA, name, seed, domain, groups: [{ examples, hidden, tasks }] };
}

/** @param {object} set */
export function printSet(set) {
  process.stdout.write(`${JSON.stringify(set)}\n`);
}
