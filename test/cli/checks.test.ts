/** `paceline checks` as people start it: what is tried, what it notices, and what cannot be used. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { thorough } from '../thorough.ts';
import { cli, emptyFolder } from './fixtures/cli.ts';

const CONFIG = `name: rounded
kind: code
surface: { edit: [origin/half.mjs] }
evaluator:
  use: function
  module: evaluate.mjs
  class: fused
  metrics: [{ name: loss, goal: min, unit: points }]
proposers: [genetic]
budget: { trials: 10 }
`;
const CALLS =
  'safety: { checks: checks/checks.mjs, calls: { file: origin/half.mjs, export: half } }\n';
const CHECKS = `export const inputs = (fc) => fc.tuple(fc.integer({ min: 0, max: 99 }));
export const properties = { half: ({ input: [x], output }) => Math.abs(2 * output - x) <= 1 || 'it is not half of it' };
`;

function folderWith(checks: string, config = CONFIG + CALLS): string {
  const folder = emptyFolder();
  for (const [name, text] of Object.entries({
    'origin/half.mjs': 'export const half = (x) => Math.floor(x / 2);\n',
    'evaluate.mjs': 'export const evaluate = ({ cases }) => cases.map(() => ({ loss: 1 }));\n',
    'checks/checks.mjs': checks,
    'paceline.yaml': config,
  })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test('properties with their evidence, the faults they notice, and what to confirm', async () => {
  const { code, stdout, json } = await cli(folderWith(CHECKS), 'checks', '--json');
  expect({ code, stdout }).toMatchObject({ code: 0 });
  const found = json();
  expect(found).toMatchObject({ schema: 'paceline.checks/1', isCallable: true, impossible: [] });
  expect(found.properties).toMatchObject([
    { name: 'half', from: 'declared', tried: 256, held: 256, rejects: true },
    { name: 'determinism', from: 'derived', rejects: true },
    { name: 'type' },
    { name: 'range', rejects: false, suspects: true },
    { name: 'whole', rejects: false, suspects: false },
    { name: 'at-most:0' },
    { name: 'rising:0' },
    { name: 'as-origin', rejects: false, suspects: false },
  ]);
  // Rounding up is half of it, too: the one fault that shows and is not noticed.
  expect(found.faults).toMatchObject({ mutants: 4, untried: 0, killed: 3, isAdequate: false });
  expect(found.faults).toMatchObject({
    survivors: [{ what: 'origin/half.mjs:1: ceil for floor' }],
  });
});

test('a task that nobody can call', async () => {
  const { code, stdout } = await cli(folderWith(CHECKS, CONFIG), 'checks');
  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Nothing says how a candidate is called on an input/),
  });
});

thorough('checks that contradict the origin', async () => {
  const wrong = await cli(folderWith(CHECKS.replace('<= 1', '< 1')), 'checks');
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(
    /the property "half" is broken by the origin itself, on the input \[\d+\]: it is not half of it\. Mend them/,
  );
});
