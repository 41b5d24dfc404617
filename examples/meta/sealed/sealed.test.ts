/** The sealed pool: the same seed gives the same tasks, they have the promised form, and what makes no task is refused. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { isThorough } from '../../../test/thorough.ts';

type Apply = (list: readonly number[], k: number) => unknown;
interface Refusal {
  readonly name: string;
  readonly reason: string;
}

const PROGRAM = fileURLToPath(new URL('generate.mjs', import.meta.url));
const load = (name: string) => import(new URL(name, import.meta.url).href);
const { survivors, taskSet } = await load('generate.mjs');
const { admit } = await load('admit.mjs');
const { POOL } = await load('pool.mjs');
const SEEDS = [1, 2, 3, 4, 5];

const input = z.strictObject({
  list: z.array(z.int().min(-15).max(25)).min(4).max(9),
  k: z.int().min(1).max(3),
});
const number = z.int().min(-1e6).max(1e6);
const value = z.union([number, z.array(number).max(24)]);
const task = z.strictObject({
  name: z.string().regex(/^[a-z][a-zA-Z]+$/),
  family: z.string(),
  cell: z.null(),
  split: z.literal('held-out'),
  outputs: z.array(value).length(6),
  hiddenOutputs: z.array(value.nullable()).length(30),
});
const set = z.strictObject({
  schema: z.literal('paceline/task-set/1'),
  name: z.literal('sealed'),
  seed: z.int(),
  domain: z.literal('numbers'),
  groups: z
    .array(
      z.strictObject({
        examples: z.array(input).length(6),
        hidden: z.array(input).length(30),
        tasks: z.array(task).length(60),
      }),
    )
    .length(1),
});

const generate = (...args: readonly string[]) =>
  spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' });
const groupOf = (seed: number, inputsSeed?: number) =>
  set.parse(taskSet(seed, inputsSeed)).groups[0];
const namesOf = (seed: number, inputsSeed?: number) =>
  groupOf(seed, inputsSeed)?.tasks.map(({ name }) => name);

test('the program prints one set of the promised form, the same each time', () => {
  const first = generate('--seed', '7');
  expect(first.status).toBe(0);
  expect(first.stdout).toBe(generate('--seed', '7').stdout);
  expect(set.parse(JSON.parse(first.stdout))).toEqual(taskSet(7));
  const wrong = [[], ['--seed', '7', '--inputs-seed', 'x'], ['--seed', '1.5'], ['--seed', '-1']];
  for (const args of isThorough ? wrong : wrong.slice(0, 2)) {
    const refused = generate(...args);
    expect([refused.status, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toMatch(/seed/);
  }
});

test('the seed decides the draw, the seed of the inputs the inputs', () => {
  expect(groupOf(1, 9)?.examples).toEqual(groupOf(2, 9)?.examples);
  expect(namesOf(1, 9)).not.toEqual(namesOf(2, 9));
  expect(groupOf(1, 9)?.examples).not.toEqual(groupOf(1)?.examples);
  // Beyond 32 bits a seed still counts whole.
  expect(namesOf(2 ** 32 + 1, 9)).not.toEqual(namesOf(1, 9));
  expect(groupOf(1, 9 + 2 ** 40)?.examples).not.toEqual(groupOf(1, 9)?.examples);
});

test.each(SEEDS)('seed %i: 60 tasks that differ in name and in what they do', (seed) => {
  const tasks = groupOf(seed)?.tasks ?? [];
  expect(new Set(tasks.map(({ name }) => name)).size).toBe(60);
  const outputs = tasks.map((t) => [...t.outputs, ...t.hiddenOutputs]);
  expect(new Set(outputs.map((o) => JSON.stringify(o))).size).toBe(60);
  for (const of of outputs) {
    const defined = of.filter((x) => x !== null);
    expect(defined.length).toBeGreaterThanOrEqual(33);
    expect(new Set(defined.map((x) => JSON.stringify(x))).size).toBeGreaterThanOrEqual(3);
  }
});

test('the pool: 120 to 150 functions, a third of each depth, and nearly all make a task', () => {
  expect(POOL.length).toBeGreaterThanOrEqual(120);
  expect(POOL.length).toBeLessThanOrEqual(150);
  expect(new Set(POOL.map((f: { name: string }) => f.name)).size).toBe(POOL.length);
  for (const depth of ['simple', 'medium', 'composed']) {
    const share = POOL.filter((f: { depth: string }) => f.depth === depth).length / POOL.length;
    expect(Math.abs(share - 1 / 3)).toBeLessThan(0.05);
  }
  for (const seed of SEEDS) {
    const { admitted, refused } = survivors(seed);
    expect(admitted.length + refused.length).toBe(POOL.length);
    expect(admitted.length).toBeGreaterThanOrEqual(140);
  }
});

const sum: Apply = (list) => list.reduce((a, b) => a + b, 0);
const at = (list: readonly number[], i: number) => list[i] ?? 0;

test.each<[string, Apply, RegExp]>([
  [
    'null where the first is shown',
    (l) => (l.length === 4 ? null : at(l, 0)),
    /null on an example/,
  ],
  ['null in four of the hidden', (l, k) => (k === 3 ? null : at(l, 0)), /too many nulls/],
  ['one of two outputs', (l) => at(l, 0) % 2 === 0, /out of range/],
  ['two values', (l) => (at(l, 0) > 0 ? 1 : 0), /too few distinct/],
  ['a number too large', (l) => at(l, 0) * 1e6, /out of range/],
  ['a fraction', (l) => at(l, 0) / 2, /out of range/],
  ['no number', (l) => at(l, 0) / 0, /out of range/],
  ['a list too long', (l) => Array.from({ length: 25 }, () => at(l, 0)), /out of range/],
  ['a list with a hole', (l) => [at(l, 0), null], /out of range/],
  ['nothing', () => undefined, /out of range/],
  ['the sum again, by another way', (l) => l.reduceRight((a, b) => a + b, 0), /same as sum/],
])('refused: %s', (name, apply, reason) => {
  const inputs = Array.from({ length: 36 }, (_, i) => ({
    list: Array.from({ length: i === 0 ? 4 : 5 }, (_, j) => i - j * j),
    k: i >= 32 ? 3 : 1,
  }));
  const functions = [
    { name: 'sum', family: 'planted', apply: sum },
    { name, family: 'planted', apply },
  ];
  const { admitted, refused } = admit(functions, inputs, 6);
  expect(admitted.map((f: Refusal) => f.name)).toEqual(['sum']);
  expect(refused).toEqual([{ name, reason: expect.stringMatching(reason) }]);
});

test('a function that writes to its input is caught, and -0 is 0', () => {
  const inputs = [1, 2, 3].map((x) => ({ list: [x, 0], k: 1 }));
  const planted = (apply: Apply) => [{ name: 'planted', family: 'planted', apply }];
  const sorts: Apply = (list) => (list as number[]).sort();
  expect(() => admit(planted(sorts), inputs, 1)).toThrow(TypeError);
  const signed = admit(
    planted((list) => [at(list, 0), at(list, 1) * -1]),
    inputs,
    1,
  );
  expect(signed.admitted[0].outputs).toStrictEqual([
    [1, 0],
    [2, 0],
    [3, 0],
  ]);
});

test('the seal names a SHA-256 and says who wrote it', () => {
  const text = readFileSync(new URL('seal.json', import.meta.url), 'utf8');
  const seal = z.strictObject({
    release: z.string().regex(/^\d+\.\d+\.\d+$/),
    seedHash: z.string().regex(/^[0-9a-f]{64}$/),
    writtenBy: z.string().min(1),
    date: z.iso.date(),
  });
  expect(seal.safeParse(JSON.parse(text)).success).toBe(true);
});
