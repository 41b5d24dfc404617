/**
 * Trains the net that is shipped (src/tastes/surrogate/prior.ts) on the training families of examples/meta/policies
 * alone: `node --import tsx bench/taste/prior.ts`. The same program gives the same weights.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicRoot } from '../../src/core/rng.ts';
import { type Sample, TRAINING, train } from '../../src/tastes/surrogate/train.ts';
import { recordsOf } from './records.ts';
import { families, taskOf } from './tasks.ts';

const SEEDS = 12;
const EVALS = 400;
const DIGITS = 1000;
const FILE = join(import.meta.dirname, '../../src/tastes/surrogate/prior.ts');

const samples: Sample[] = [];
for (const family of await families('train')) {
  for (let seed = 0; seed < SEEDS; seed++) {
    const task = taskOf(family, 100 + seed);
    const how = { seed: `train ${seed}`, evals: EVALS, chooses: seed % 2 === 1 };
    samples.push(...(await recordsOf(task, how)));
  }
  console.log(`${family.name}: ${samples.length} records`);
}
const net = train(samples, publicRoot('taste prior').stream(0, 'net'), TRAINING);
const weights = net.weights.map((one) => Math.round(one * DIGITS) / DIGITS);
writeFileSync(
  FILE,
  `/** Written by bench/taste/prior.ts: weights learnt on ${samples.length} trials of the training families, none of them held out. */
import type { Net } from './net.ts';

export const PRIOR: Net = {
  inputs: ${net.inputs},
  hidden: ${net.hidden},
  // biome-ignore format: a table of numbers
  weights: [
${rowsOf(weights)}
  ],
};
`,
);

function rowsOf(numbers: readonly number[]): string {
  const perRow = 14;
  const rows = Array.from({ length: Math.ceil(numbers.length / perRow) }, (_, i) =>
    numbers.slice(i * perRow, (i + 1) * perRow).join(', '),
  );
  return rows.map((row) => `    ${row},`).join('\n');
}
