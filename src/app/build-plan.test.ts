import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
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

test('a taste that cannot be had is refused before a thread is started', async () => {
  const folder = join(root, 'closed');
  mkdirSync(folder);
  const example = join(import.meta.dirname, '../../examples/bin-packing');
  for (const part of ['origin', 'evaluator', 'templates']) {
    cpSync(join(example, part), join(folder, part), { recursive: true });
  }
  const module = join(folder, 'evaluator/interpret.mjs');
  const untold = readFileSync(module, 'utf8').replace(
    'export const situations',
    'const situations',
  );
  writeFileSync(module, untold);
  const config = parseConfig(
    {
      name: 'untold',
      kind: 'code',
      surface: { edit: ['origin/priority.ts'], readonly: ['evaluator'] },
      language: {
        slots: [
          { name: 'priority', inputs: ['item', 'slack'] },
          { name: 'openNew', inputs: ['item'] },
        ],
      },
      evaluator: {
        command: 'node evaluator/main.mjs',
        interpreter: 'evaluator/interpret.mjs',
        class: 'split',
        metrics: [{ name: 'excess', goal: 'min', unit: 'percent' }],
        params: { family: 'weibull' },
      },
      proposers: [{ use: 'cma-es', template: 'templates/knots-weibull.json' }],
      taste: { use: 'surrogate' },
      workers: 1,
      budget: { trials: 1 },
    },
    'the config of the test',
  );
  let threads = 0;
  const count = (): void => {
    threads += 1;
  };
  process.on('worker', count);
  onTestFinished(() => void process.off('worker', count));
  const request = { id: 'untold', root: folder, config, secret: 'secret', clock: systemClock };
  await expect(buildPlan(request)).rejects.toThrow(/the interpreter records none/);
  expect(threads).toBe(0);
});
