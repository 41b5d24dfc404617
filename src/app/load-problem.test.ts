import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { loadProblem } from './load-problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-problem-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SOUND = {
  inequalities: '1',
  objective: '(x, g) => { g[0] += 2 * x[0]; g[1] += 1; return x[0] ** 2 + x[1]; }',
  constraints: '(x, c) => { c[0] = x[0] * x[1] - params.most; }',
  addGradients: '(x, w, g) => { g[0] += w[0] * x[1]; g[1] += w[0] * x[0]; }',
  start: '(random) => [random(), random()]',
  hop: '(x, random) => x.map((v) => v + random())',
  repair: '(x) => x.slice()',
};

let count = 0;
function load(source: string) {
  const path = join(folder, `${count++}.mjs`);
  writeFileSync(path, source);
  const rng = publicRoot('problem').stream(-1, 'test');
  return loadProblem({ path, name: 'problem.mjs', start: [0.5, 0.5], params: { most: 1 }, rng });
}

const moduleOf = (parts: object): string =>
  `export const problem = ({ params }) => ({ ${Object.entries(parts)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')} });`;

test('a sound module is loaded, with its arrays made typed', async () => {
  const problem = await load(moduleOf(SOUND));
  expect(problem.inequalities).toBe(1);
  expect(problem.start(() => 0.25)).toEqual(Float64Array.of(0.25, 0.25));
});

test('without constraints nothing has to be said of them', async () => {
  const { objective, start, hop } = SOUND;
  const problem = await load(moduleOf({ objective, start, hop }));
  expect(problem.repair(Float64Array.of(1, 2))).toEqual(Float64Array.of(1, 2));
  expect([problem.equalities, problem.inequalities]).toEqual([0, 0]);
});

test.each([
  ['a syntax error', 'export const =', /Correct the module/],
  ['no factory', 'export const other = 1;', /exports no function problem/],
  ['a factory that throws', 'export function problem() { throw new Error("no n"); }', /no n/],
  ['a factory of nothing', 'export function problem() {}', /no function objective/],
  ['no hop', moduleOf({ ...SOUND, hop: 'undefined' }), /no function hop/],
  ['constraints without repair', moduleOf({ ...SOUND, repair: 'undefined' }), /no function repair/],
  ['half a constraint', moduleOf({ ...SOUND, inequalities: '0.5' }), /whole numbers/],
  [
    'a start of another length',
    moduleOf({ ...SOUND, start: '() => [1]' }),
    /start\(random\) gave 1/,
  ],
  [
    'a wrong gradient of the objective',
    moduleOf({
      ...SOUND,
      objective: '(x, g) => { g[0] += x[0]; g[1] += 1; return x[0] ** 2 + x[1]; }',
    }),
    /derivative of the objective along parameter 0 is given as/,
  ],
  [
    'a wrong gradient of a constraint',
    moduleOf({ ...SOUND, addGradients: '(x, w, g) => { g[0] += w[0] * x[1]; }' }),
    /derivative of constraint 0 along parameter 1/,
  ],
  [
    'a gradient that is forgotten',
    moduleOf({ ...SOUND, objective: '(x) => x[0] + x[1]' }),
    /given as 0/,
  ],
  ['an objective that throws', moduleOf({ ...SOUND, objective: '() => nothing.at' }), /nothing/],
  ['a repair that shortens', moduleOf({ ...SOUND, repair: '() => [1]' }), /repair\(x\)/],
])('%s is refused in one sentence', async (_, source, why) => {
  const error = await load(source).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'PROBLEM_INVALID', message: expect.stringMatching(why) });
  expect((error as Error).message).toMatch(
    /^The problem module problem\.mjs cannot be used: [^\n]+\.$/,
  );
});
