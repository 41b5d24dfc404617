import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { isThorough } from '../../test/thorough.ts';

interface Instance {
  readonly capacity: number;
  readonly items: Int32Array;
}
type CountBins = (instance: Instance) => number;

const PROGRAM = fileURLToPath(new URL('baselines.mjs', import.meta.url));
const load = (name: string) => import(new URL(name, import.meta.url).href);
const { BASELINES, generatedSet, packInOrder, PUBLISHED } = await load('baselines.mjs');
const { excessOf } = await load('evaluator/instances.mjs');

const countBins = (name: string): CountBins => BASELINES[name];

const KNOWN = [
  // Own runs of 20 × 5,000 and 200 × 500 items gave 4.46, 4.14, 0.70 and 5.51, 5.13, 2.99.
  [
    'weibull',
    4,
    { 'first fit': 4.45, 'best fit': 4.15, 'FunSearch (found on Weibull)': 0.71 },
    0.3,
  ],
  ['or3', 60, { 'first fit': 5.5, 'best fit': 5.15, 'FunSearch (found on OR)': 3 }, 0.45],
] as const;
test.each(isThorough ? KNOWN : KNOWN.slice(1))(
  '%s: the baselines come near their known figures',
  (family, count, figures, margin) => {
    const set: Instance[] = generatedSet({ family, count, seed: 1 });
    expect(set).toHaveLength(count);
    for (const [name, expected] of Object.entries(figures)) {
      const excess = excessOf(set, countBins(name));
      expect(Math.abs(excess - expected), `${name} ${excess}`).toBeLessThan(margin);
    }
  },
);

test('best fit and first fit, worked by hand', () => {
  const instance = { capacity: 10, items: Int32Array.of(5, 7, 3, 5) };
  expect(countBins('first fit')(instance)).toBe(3);
  expect(countBins('best fit')(instance)).toBe(2);
});

test('two unopened bins behave like as many as there are items', () => {
  const [small, ...rest]: Instance[] = generatedSet({ family: 'or3', count: 10, seed: 9 });
  for (const instance of [small, ...rest].slice(0, 4) as Instance[]) {
    const items = instance.items.slice(0, 120);
    for (const scoreBins of [byDifference, (_: number, rooms: number[]) => rooms]) {
      expect(packInOrder({ ...instance, items }, scoreBins)).toBe(
        packWithAllBins({ ...instance, items }, scoreBins),
      );
    }
  }
});

/** Order matters to it, and it can prefer the second unopened bin to the first. */
function byDifference(item: number, rooms: number[]): number[] {
  const weights = rooms.map((room) => (room % 7) - room / item);
  return weights.map((weight, i) => weight - (weights[i - 1] ?? 0));
}

function packWithAllBins({ capacity, items }: Instance, scoreBins: typeof byDifference): number {
  const rooms: number[] = new Array(items.length).fill(capacity);
  for (const item of items) {
    const fitting = [...rooms.keys()].filter((bin) => (rooms[bin] ?? 0) >= item);
    const scores = scoreBins(
      item,
      fitting.map((bin) => rooms[bin] ?? 0),
    );
    const chosen = fitting[scores.indexOf(Math.max(...scores))] ?? 0;
    rooms[chosen] = (rooms[chosen] ?? 0) - item;
  }
  return rooms.filter((room) => room < capacity).length;
}

const run = (...args: string[]) =>
  spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' });

const folder = mkdtempSync(join(tmpdir(), 'bin-packing-policy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function policyFile(name: string, type: string): string {
  const file = join(folder, name);
  const source = `export const priority = (item$, slack$) => -slack;
    export const openNew = (item$) => -1e9;`;
  writeFileSync(file, source.replaceAll('$', type));
  return file;
}

test('a policy of one’s own gets a line, on the same instances', () => {
  const file = policyFile('mine.mjs', '');
  const { stdout } = run('--family', 'or3', '--instances', '2', '--policy', file);
  const bestFit = /^(.*) % {2}best fit$/m.exec(stdout)?.[1];
  expect(bestFit).toBeDefined();
  expect(stdout).toContain(`${bestFit} %  ${file}`);
});

test('a policy in TypeScript runs, or the message says how', () => {
  const file = policyFile('mine.ts', ': number');
  const { stdout, stderr, status } = run('--family', 'or3', '--instances', '1', '--policy', file);
  const runsTypeScript = 'typescript' in process.features && process.features.typescript !== false;
  expect(status).toBe(runsTypeScript ? 0 : 1);
  expect(runsTypeScript ? stdout : stderr).toContain(runsTypeScript ? file : 'npx tsx');
});

test('the program prints a line for each baseline and the published figures beside them', () => {
  const { stdout, status } = run('--family', 'or3', '--instances', '3', '--seed', '2');
  expect(status).toBe(0);
  for (const name of Object.keys(BASELINES)) expect(stdout).toContain(`%  ${name}`);
  expect(stdout).toContain(`FunSearch ${PUBLISHED.or3.FunSearch}`);
  expect(run('--family', 'or9')).toMatchObject({ status: 1, stdout: '' });
  expect(run('--file', 'no-such-file').stderr).toContain('no-such-file');
});
