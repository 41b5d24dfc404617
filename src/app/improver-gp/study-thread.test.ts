import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { thorough } from '../../../test/thorough.ts';
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

thorough(
  'planted: an improver whose inner study hangs is a time-out in words, never a score',
  async () => {
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
  },
);

const HOSTILE = `
const columns = { x: Float64Array.of(0, 1, 2, 3) };
const family = (name, then) => {
  let asked = 0;
  return {
    name,
    split: 'train',
    slot: { name: 'priority', inputs: ['x'] },
    start: '{"priority":["v","x"]}',
    sizes: { full: {}, twin: {} },
    // Building records one run of each instance.
    build: () => ({ groupSize: 4, cost: (policy) => { if (++asked > 2) then(); return policy({ length: 4, columns })[0]; } }),
  };
};
export const families = [
  family('honest', () => {}),
  family('late', () => void setTimeout(() => process.exit(3), 50)),
  family('hoard', () => { for (const all = []; ; ) all.push(new Array(1e6).fill(1.5)); }),
];`;

test('planted: what ends its thread between two studies, or hoards memory, takes no other study with it', async () => {
  const own = mkdtempSync(join(tmpdir(), 'paceline-hostile-'));
  writeFileSync(join(own, 'families.mjs'), HOSTILE);
  const all = { honest: frozen, late: frozen, hoard: frozen };
  writeFileSync(join(own, 'references.json'), references(all));
  const runner = await threadStudies({ folder: own, limitMs: 30_000 });
  expect(await runner.run(request('late'), NEVER)).toMatchObject({ outcome: 'scored' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await runner.run(request('honest'), NEVER)).toMatchObject({ outcome: 'scored' });
  expect(await runner.run(request('hoard'), NEVER)).toMatchObject({
    outcome: 'crashed',
    message: expect.stringMatching(/memory limit/),
  });
  await runner.close();
  rmSync(own, { recursive: true });
});

test('a folder whose code ends its thread at the start is known at once, and starting can be aborted', async () => {
  const own = mkdtempSync(join(tmpdir(), 'paceline-ending-'));
  const isThread = "import { isMainThread } from 'node:worker_threads';\n";
  const wanted = (then: string) => `${isThread}if (!isMainThread) { ${then} }\n${HOSTILE}`;
  writeFileSync(
    join(own, 'references.json'),
    references({ honest: frozen, late: frozen, hoard: frozen }),
  );
  writeFileSync(join(own, 'families.mjs'), wanted('process.exit(4);'));
  const ending = await threadStudies({ folder: own, limitMs: 1000 });
  expect(await ending.run(request('honest'), NEVER)).toEqual({
    outcome: 'infra-error',
    message: 'Its thread ended with exit code 4.',
  });
  await ending.close();
  const stop = new AbortController();
  const running = ending.run(request('honest'), stop.signal);
  stop.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
  rmSync(own, { recursive: true });
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
