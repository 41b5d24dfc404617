/** What every generator here does at its door: reads its options, prints one JSON value on stdout. */
import { parseArgs } from 'node:util';

export const SCHEMA = 'paceline/task-set/1';

/**
 * `--seed N` (1 where not given) draws functions and halves; `--inputs-seed N` draws the inputs, so that two sets
 * can share them (the seed itself where not given); flags that a generator names are false where not given.
 *
 * @param {readonly string[]} flags
 * @returns {{ seed: number, inputsSeed: number, given: Readonly<Record<string, boolean>> }}
 */
export function readOptions(flags = []) {
  const { values } = parsed(flags);
  const seed = seedOf(values.seed ?? '1', '--seed');
  const inputs = values['inputs-seed'];
  return {
    seed,
    inputsSeed: inputs === undefined ? seed : seedOf(inputs, '--inputs-seed'),
    given: Object.fromEntries(flags.map((flag) => [flag, values[flag] === true])),
  };
}

function parsed(flags) {
  const own = Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' }]));
  try {
    return parseArgs({
      options: { seed: { type: 'string' }, 'inputs-seed': { type: 'string' }, ...own },
    });
  } catch (error) {
    return refuse(error.message);
  }
}

function seedOf(text, option) {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed < 2 ** 32) return seed;
  return refuse(`${option} ${text} is no seed. Write a whole number from 0 to 4294967295.`);
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

/**
 * One group: all tasks share their inputs.
 *
 * @param {{ name: string, seed: number, domain: 'numbers' | 'text', inputs: import('./inputs.mjs').Inputs, tasks: readonly object[] }} set
 */
export function printTaskSet({ name, seed, domain, inputs, tasks }) {
  const { examples, hidden } = inputs;
  const set = { schema: SCHEMA, name, seed, domain, groups: [{ examples, hidden, tasks }] };
  process.stdout.write(`${JSON.stringify(set)}\n`);
}
