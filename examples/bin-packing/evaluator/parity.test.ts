/** Search scores with interpret.mjs, a confirm with main.mjs: they must agree on every policy. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { publicRoot } from '../../../src/core/rng.ts';
import { commandEvaluator } from '../../../src/evaluators/command.ts';
import { interpretedEvaluator } from '../../../src/evaluators/interpreted.ts';
import { decodeForest, encodeForest } from '../../../src/lang/codec.ts';
import { parametersOf, withParameters } from '../../../src/lang/forest.ts';
import { forestTask } from '../../../src/tasks/forest.ts';
import { processSandbox } from '../../../src/testing/plain-sandbox.ts';
import { isThorough } from '../../../test/thorough.ts';

const here = (name: string): string => new URL(name, import.meta.url).href;
const { rows, situations, score } = await import(here('interpret.mjs'));
const { excessOf, makeInstances } = await import(here('instances.mjs'));
const { packOnline } = await import(here('pack.mjs'));

const FAMILIES = ['weibull', 'or3'] as const;
const vocabulary = {
  slots: [
    { name: 'priority', inputs: ['item', 'slack'], result: 'real' },
    { name: 'openNew', inputs: ['item'], result: 'real' },
  ],
} as const;

type Policy = {
  readonly priority: (item: number, slack: number) => number;
  readonly openNew: (item: number) => number;
};

function tablesOf({ priority, openNew }: Policy): Record<string, Float64Array> {
  const { item, slack } = rows.priority;
  return {
    priority: Float64Array.from(item, (size: number, row) => priority(size, slack[row])),
    openNew: Float64Array.from(rows.openNew.item, (size: number) => openNew(size)),
  };
}

/** A number in [−1, 1] from two integers: a policy without any smoothness. */
function noise(a: number, b: number, salt: number): number {
  const x = Math.imul(a * 131 + b * 7 + salt, 0x9e3779b1);
  return ((x ^ (x >>> 15)) % 1000) / 1000;
}

const policies: fc.Arbitrary<Policy> = fc
  .record({
    salt: fc.nat(),
    smooth: fc.double({ min: -1, max: 1, noNaN: true }),
    rough: fc.double({ min: 0, max: 1, noNaN: true }),
    levels: fc.constantFrom(1, 2, 5, 1e6),
    limit: fc.constantFrom(-1e9, -0.5, 0, 0.5, 1e9),
  })
  .map(({ salt, smooth, rough, levels, limit }) => ({
    priority: (item, slack) =>
      Math.round(
        levels * (rough * noise(item, slack, salt) + (smooth * slack * (50 - item)) / 50),
      ) / levels,
    openNew: (item) => limit + Math.round(levels * rough * noise(item, 0, salt + 1)) / levels,
  }));

test('both pack any policy alike, rough, tied or degenerate', () => {
  fc.assert(
    fc.property(policies, fc.nat(), fc.constantFrom(...FAMILIES), (policy, seed, family) => {
      const plain = excessOf(makeInstances(family, seed), (one: unknown) =>
        packOnline(one, policy),
      );
      expect(score(tablesOf(policy), seed, { family })).toEqual({ excess: plain });
    }),
    { numRuns: isThorough ? 60 : 15 },
  );
});

test('the tables are read anew on every call, in any order of seeds', () => {
  const near = tablesOf({ priority: (_, slack) => -slack, openNew: () => -1e9 });
  const far = tablesOf({ priority: (_, slack) => slack, openNew: () => -1e9 });
  const params = { family: 'or3' };
  const first = score(near, 1, params);
  expect(score(far, 1, params)).not.toEqual(first);
  // More cases than are kept: the first is forgotten and made again.
  for (let seed = 2; seed < 80; seed++) score(near, seed, params);
  expect(score(near, 1, params)).toEqual(first);
  expect(() => score(near, 1, { family: 'or9' })).toThrow('no family "or9"');
});

test('the rows are exactly the pairs that can occur', () => {
  const { item, slack } = rows.priority;
  const names = new Set(Array.from(item, (size, row) => `${size} ${slack[row]}`));
  expect(names.size).toBe(item.length);
  const asked = new Set<string>();
  for (const family of FAMILIES) {
    for (let seed = 0; seed < 8; seed++) {
      const policy: Policy = {
        priority: (size, left) => {
          asked.add(`${size} ${left}`);
          return noise(size, left, seed);
        },
        openNew: () => 0,
      };
      for (const one of makeInstances(family, seed)) packOnline(one, policy);
    }
  }
  expect([...asked].filter((pair) => !names.has(pair))).toEqual([]);
  expect(asked.size).toBeGreaterThan(0.7 * names.size);
  for (const [row, size] of Array.from<number>(situations.rows.item).entries()) {
    expect(names.has(`${size} ${situations.rows.slack[row]}`)).toBe(true);
  }
});

const folder = mkdtempSync(join(tmpdir(), 'bin-packing-parity-'));
const sandbox = processSandbox({ scope: folder });
afterAll(() => sandbox.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(FAMILIES)(
  '%s: the command gives a tuned forest the score that search gave it',
  async (family) => {
    const kind = forestTask({ vocabulary, path: 'priority.ts' });
    const options = { params: { family }, metric: 'excess' };
    const judge = commandEvaluator({
      ...options,
      argv: [process.execPath, fileURLToPath(here('main.mjs'))],
      cwd: folder,
      kind,
      limits: { wallMs: 20_000, outputBytes: 1024 * 1024 },
      sandbox,
      workDirectory: folder,
    });
    const search = await interpretedEvaluator({
      nowMs: () => 0,
      ...options,
      vocabulary,
      module: here('interpret.mjs'),
    });
    const text = readFileSync(
      new URL(`../templates/knots-${family}.json`, import.meta.url),
      'utf8',
    );
    const template = decodeForest(text, vocabulary);
    const rng = publicRoot('parity').stream(-1, family);
    const values = parametersOf(template).map((value) => value + 0.6 * rng.normal());
    const candidate = { id: 'sha256:0', text: encodeForest(withParameters(template, values)) };
    const requests = [{ candidate, cases: [1, 2, rng.u32()] }];
    const { signal } = new AbortController();
    const [quick] = await search.measure(requests, signal);
    const [slow] = await judge.measure(requests, signal);
    expect(slow?.cases.map(({ outcome }) => outcome)).toEqual(['scored', 'scored', 'scored']);
    expect(slow?.cases).toEqual(quick?.cases);
    await judge.close();
  },
);

test('the origin is best fit in both forms, a template has 63 numbers and starts as stated', () => {
  const read = (name: string): string =>
    readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
  const kind = forestTask({ vocabulary, path: 'priority.ts' });
  expect(kind.fromFiles({ 'priority.ts': read('origin/priority.ts') })).toBe(
    read('origin/forest.json').trim(),
  );
  for (const family of FAMILIES) {
    const forest = decodeForest(read(`templates/knots-${family}.json`), vocabulary);
    const values = parametersOf(forest);
    expect(values.length).toBe(63);
    expect(values.slice(0, 5)).toEqual([-1.5, -1.5, -1.5, 0, -0.0166667]);
    const { priority } = forest.slots;
    expect(priority?.op === 'grid' && priority.ys.length).toBe(20);
  }
});
