import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import { innerStudyEvaluator } from '../../evaluators/inner-study.ts';
import { LINES } from '../../improver/gp/lines.ts';
import { encodeForest } from '../../lang/codec.ts';
import { threadStudies } from './study-thread.ts';

const NEVER = new AbortController().signal;
const FAMILIES = `
const columns = { x: Float64Array.of(0, 1, 2, 3) };
let asked = 0;
const family = (name, cost) => ({
  name,
  split: 'train',
  slot: { name: 'priority', inputs: ['x'] },
  start: '{"priority":["v","x"]}',
  sizes: { full: {}, twin: {} },
  build: () => ({ groupSize: 4, cost }),
});
export const families = [
  family('honest', (policy) => policy({ length: 4, columns }).indexOf(0) + 1),
  family('endless', (policy) => {
    policy({ length: 4, columns });
    // Building records one run of each instance; the search's own is the third.
    while (++asked > 2) asked += 1;
    return 1;
  }),
];`;
const prices = { evaluation: 1, node: 0, hash: 0.01, child: 0.01 };
const frozen = { seed: 1, start: 1, reference: 0, prices: { full: prices, twin: prices } };

const folder = mkdtempSync(join(tmpdir(), 'paceline-studies-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'families.mjs'), FAMILIES);
const references = (families: object) =>
  JSON.stringify({ schema: 'paceline/policy-references/1', made: 'by hand', families });
writeFileSync(join(folder, 'references.json'), references({ honest: frozen, endless: frozen }));

const request = (task: string) => ({
  task,
  improver: encodeForest(LINES.expert),
  seedKey: 'a',
  budget: { steps: 10, cpuMs: 1e6 },
});

test('a study that hangs is ended, and the next one runs', async () => {
  const runner = await threadStudies({ folder, limitMs: 1500 });
  expect(runner.tasks).toEqual(['honest', 'endless']);
  expect(await runner.run(request('endless'), NEVER)).toEqual({
    outcome: 'timeout',
    message:
      'The inner study of endless (seed a) was still running after 1500 ms and was ended with its thread. Correct what loops in the family endless, or raise evaluator.timeout.',
  });
  expect(await runner.run(request('honest'), NEVER)).toMatchObject({ outcome: 'scored' });
  await expect(runner.run(request('other'), NEVER)).rejects.toThrow(/Choose of: honest, endless/);
  const stop = new AbortController();
  const running = runner.run(request('endless'), stop.signal);
  stop.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
  await runner.close();
});

test('planted: an improver whose inner study hangs is a time-out in words, never a score', async () => {
  const runner = await threadStudies({ folder, limitMs: 1500, threads: 2 });
  const evaluator = innerStudyEvaluator({ runner, budgets: [{ steps: 10, cpuMs: 1e6 }] });
  const text = encodeForest(LINES.expert);
  const request = { candidate: { id: sha256(text), text }, cases: [1, 2] };
  const [measured] = await evaluator.measure([request], NEVER);
  expect(measured?.cases).toEqual(
    [1, 2].map((seed) => ({
      outcome: 'timeout',
      message: expect.stringContaining(`The inner study of endless (seed ${seed})`),
    })),
  );
  await evaluator.close();
});

test('planted: a thread that ends after its study is no time-out of the next one', async () => {
  const later = mkdtempSync(join(tmpdir(), 'paceline-later-'));
  // Building records one run of each instance; those of the search are the third and after.
  const cost = '(policy) => {\n    if (++runs > 2) setTimeout(() => process.exit(3), 20);';
  writeFileSync(
    join(later, 'families.mjs'),
    `let runs = 0;${FAMILIES}`
      .replace("'honest', (policy) =>", `'honest', ${cost} return`)
      .replace('.indexOf(0) + 1)', '.indexOf(0) + 1; })'),
  );
  writeFileSync(join(later, 'references.json'), references({ honest: frozen, endless: frozen }));
  const runner = await threadStudies({ folder: later, limitMs: 5_000 });
  expect(await runner.run(request('honest'), NEVER)).toMatchObject({ outcome: 'scored' });
  await setTimeout(300);
  expect(await runner.run(request('honest'), NEVER)).toMatchObject({ outcome: 'scored' });
  await runner.close();
  rmSync(later, { recursive: true });
});

test('a folder that lacks a family’s references, or has none below the start, is refused in words', async () => {
  const write = (text: string) => writeFileSync(join(folder, 'references.json'), text);
  write(references({ honest: frozen }));
  await expect(threadStudies({ folder, limitMs: 1 })).rejects.toThrow(/says nothing of "endless"/);
  write(references({ honest: { ...frozen, reference: 2 }, endless: frozen }));
  await expect(threadStudies({ folder, limitMs: 1 })).rejects.toThrow(/below the start/);
  await expect(threadStudies({ folder: '/nowhere', limitMs: 1 })).rejects.toThrow(
    /The policies in \/nowhere cannot be used/,
  );
});
