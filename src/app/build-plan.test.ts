import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildPlan } from './build-plan.ts';
import { parseConfig } from './config.ts';
import { digestFiles } from './study-files.ts';
import { systemClock } from './system-clock.ts';

const root = mkdtempSync(join(tmpdir(), 'paceline-plan-'));
chmodSync(root, 0o755);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const MAKER = 'for (const seed of process.env.PACELINE_SEEDS.split(",")) console.log(seed);';
for (const folder of ['judge', 'tools']) mkdirSync(join(root, folder));
const write = (file: string, text: string): void => writeFileSync(join(root, file), text);
write('a.js', 'export const n = 1;\n');
write('judge/main.mjs', '');
write('judge/make.mjs', MAKER);
write('tools/make.mjs', MAKER);

async function openedWith(generator?: string) {
  const given = {
    name: 'made',
    kind: 'code',
    surface: { edit: ['a.js'], readonly: ['judge'] },
    evaluator: {
      command: 'node judge/main.mjs',
      class: 'fused',
      metrics: [{ name: 'score', goal: 'max', unit: 'points' }],
    },
    ...(generator ? { splits: { generator } } : {}),
    proposers: [{ use: 'genetic' }],
    budget: { trials: 1 },
  };
  const config = parseConfig(given, 'the config of the test');
  const request = { id: 'made', root, config, secret: 'secret', clock: systemClock };
  const { plan, close } = await buildPlan(request);
  await close();
  return plan.opened;
}

test('what makes the instances is part of the task, and its file of what is hashed', async () => {
  const before = await openedWith('node tools/make.mjs');
  expect((await openedWith('node tools/make.mjs --hard')).task).not.toBe(before.task);
  write('tools/make.mjs', `${MAKER} // harder`);
  expect((await openedWith('node tools/make.mjs')).evaluator).not.toBe(before.evaluator);
});

test('the hash is as it was without a generator, and with one among the files that judge', async () => {
  const judges = digestFiles(root, ['judge']);
  expect((await openedWith()).evaluator).toBe(judges);
  expect((await openedWith('node ./judge/make.mjs')).evaluator).toBe(judges);
});
