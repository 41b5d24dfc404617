/** `node generate.mjs --seed N [--inputs-seed M]`: one sealed set of tasks on stdout. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { admit } from './admit.mjs';
import { drawInput, randomFrom, shuffled } from './inputs.mjs';
import { POOL } from './pool.mjs';

const EXAMPLES = 6;
const HIDDEN = 30;
const DRAWN = 60;
const INPUTS_STREAM = 0x1b873593;
const SUBSET_STREAM = 0x2545f491;

export function survivors(inputsSeed) {
  const random = randomFrom(inputsSeed, INPUTS_STREAM);
  const inputs = Array.from({ length: EXAMPLES + HIDDEN }, () => drawInput(random));
  return { inputs, ...admit(POOL, inputs, EXAMPLES) };
}

export function taskSet(seed, inputsSeed = seed) {
  const { inputs, admitted } = survivors(inputsSeed);
  const drawn = shuffled(admitted, randomFrom(seed, SUBSET_STREAM)).slice(0, DRAWN);
  const tasks = drawn.map(({ name, family, outputs }) => ({
    name,
    family,
    cell: null,
    split: 'held-out',
    outputs: outputs.slice(0, EXAMPLES),
    hiddenOutputs: outputs.slice(EXAMPLES),
  }));
  return {
    schema: 'paceline/task-set/1',
    name: 'sealed',
    seed,
    domain: 'numbers',
    groups: [{ examples: inputs.slice(0, EXAMPLES), hidden: inputs.slice(EXAMPLES), tasks }],
  };
}

function seedFrom(text, flag) {
  const seed = /^\d+$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(seed)) return seed;
  throw new Error(`--${flag} takes a whole number from 0 to 2^53 - 1, not "${text}".`);
}

function main() {
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, 'inputs-seed': { type: 'string' } },
  });
  const seed = seedFrom(values.seed, 'seed');
  const inputsSeed =
    values['inputs-seed'] === undefined ? seed : seedFrom(values['inputs-seed'], 'inputs-seed');
  process.stdout.write(`${JSON.stringify(taskSet(seed, inputsSeed))}\n`);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
