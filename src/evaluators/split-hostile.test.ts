/** Candidates of a split evaluator that know how they are asked, and write their answers themselves. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isThorough } from '../../test/thorough.ts';
import { sha256 } from '../core/hash.ts';
import { processSandbox } from '../testing/plain-sandbox.ts';
import type { Evaluator } from './contract.ts';
import { type SplitOptions, splitEvaluator } from './split.ts';

const HAS_PYTHON = spawnSync('python3', ['--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'paceline-split-hostile-'));
const sandbox = processSandbox({ scope: folder });
const open: Evaluator[] = [];
afterAll(async () => {
  for (const evaluator of open) await evaluator.close();
  await sandbox.close();
  for (const kind of ['mjs', 'cjs']) rmSync(`/tmp/paceline-hidden.${kind}`, { force: true });
  rmSync(folder, { recursive: true, force: true });
});

/** Its `loss` is 1000 less the output: a candidate that names its own secret makes it 0. */
const FILES = {
  'make.mjs':
    'for (const seed of process.env.PACELINE_SEEDS.split(",")) console.log(JSON.stringify({ x: 10 * seed, secret: 1000 }));',
  'judge/judge.mjs': `export const ask = ({ instance: { x } }) => ({ x });
export const score = ({ seed, instance, output, steps = 0 }) =>
  ({ loss: Math.abs(instance.secret - Number(output)) + steps + 0 * seed });`,
  'solver/solve.mjs':
    'export const solve = async ({ candidate, input }) => (await import(candidate + "/f.mjs")).f(input.x);',
  'solver/solve.py':
    'def solve(candidate, given, params):\n    import program\n    return program.f(given["x"])\n',
};

let tasks = 0;
function evaluatorOf(solver: string, more: Partial<SplitOptions> = {}): Evaluator {
  const cwd = join(folder, `task-${tasks++}`);
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  const name = solver.endsWith('.py') ? 'program.py' : 'f.mjs';
  const evaluator = splitEvaluator({
    judge: join(cwd, 'judge/judge.mjs'),
    solver: join(cwd, 'solver', solver),
    cwd,
    kind: { materialise: (text) => ({ [name]: text }) },
    metric: 'loss',
    params: {},
    limits: { wallMs: 10_000, outputBytes: 1024 * 1024 },
    sandbox,
    workDirectory: join(cwd, 'work'),
    generator: [process.execPath, 'make.mjs'],
    ...more,
  });
  open.push(evaluator);
  return evaluator;
}

async function said(evaluator: Evaluator, text: string, cases: readonly number[]) {
  const request = { candidate: { id: sha256(text), text }, cases };
  const [measured] = await evaluator.measure([request], new AbortController().signal);
  return (measured?.cases ?? []).map((one) =>
    one.outcome === 'scored' ? one.value : `${one.outcome}: ${one.message}`,
  );
}

/** Reads the nonce of the next question, answers that itself, and nothing more. */
const answering = (answer: string) => `import { writeSync } from 'node:fs';
const read = Buffer.prototype.toString;
let nonce;
Buffer.prototype.toString = function (...how) {
  const text = read.apply(this, how);
  nonce = /"nonce":"([0-9a-f]+)"/.exec(text)?.[1] ?? nonce;
  return text;
};
let calls = 0;
export const f = () => {
  if (calls++ === 0) return 1;
  const body = '{"nonce":"' + nonce + '",' + ${answer} + '}';
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  writeSync(3, Buffer.concat([head, Buffer.from(body)]));
  for (;;);
};`;

/** Puts more beside each output than there is to be. */
const BESIDE = {
  'solve.mjs': `const { prototype } = process.argv.constructor;
const { push } = prototype;
prototype.push = function (...all) {
  for (const one of all) Object.assign(one, { seed: 0, instance: { secret: 1 }, steps: -1000 });
  return push.apply(this, all);
};
export const f = () => 1;`,
  'solve.py': `import sys
main = sys.modules["__main__"]
made = main.output_of
main.output_of = lambda *given: dict(made(*given), seed=0, instance={"secret": 1}, steps=0)
def f(x):
    return 1
`,
};

describe.each(Object.entries(BESIDE))('%s', (solver, text) => {
  test.skipIf(solver.endsWith('.py') && !HAS_PYTHON)(
    'planted: an output with a seed, an instance and steps beside it is scored by those of its case',
    async () => {
      expect(await said(evaluatorOf(solver), text, [1, 2, 3])).toEqual([999, 999, 999]);
    },
  );
});

const FORGED = [
  [
    'a list 200,000 deep',
    `'"cpuMs":0,"outputs":[{"output":' + '['.repeat(2e5) + ']'.repeat(2e5) + '}]'`,
    /nested/,
  ],
  ['a number that is none of ours', `'"cpuMs":0,"outputs":[{"output":[1e999]}]'`, /too large/],
  ['costs without end', `'"cpuMs":1e999,"outputs":[{"output":1}]'`, /what it cost/],
  ['two outputs', `'"cpuMs":0,"outputs":[{"output":1},{"output":1}]'`, /one output for each/],
  [
    'an output that failed',
    `'"cpuMs":0,"outputs":[{"output":1,"failed":"no"}]'`,
    /one output for each/,
  ],
] as const;
test.each(isThorough ? FORGED : FORGED.slice(0, 3))(
  'planted: %s is a fault of the candidate, and the next one is judged',
  async (_, answer, says) => {
    const evaluator = evaluatorOf('solve.mjs');
    const [first] = await said(evaluator, answering(answer), [1, 2]);
    expect(first).toMatch(/^invalid: /);
    expect(first).toMatch(says);
    expect(await said(evaluator, 'export const f = () => 1;', [1, 2])).toEqual([999, 999]);
  },
);

test('planted: where steps are counted, an answer without them is none', async () => {
  const text = `const { prototype } = process.argv.constructor;
const { push } = prototype;
prototype.push = function (...all) {
  for (const one of all) delete one.steps;
  return push.apply(this, all);
};
export const f = () => 1;`;
  const [, second] = await said(evaluatorOf('solve.mjs', { steps: 1000 }), text, [1, 2]);
  expect(second).toMatch(/^invalid: Its answer is not one output for each input/);
});

/** 100 steps, in as many ways to have them not counted. */
const LOOP = 'let s = 0; for (let i = 0; i < 100; i++) s += i;';
const HIDDEN: readonly (readonly [string, string, RegExp])[] = [
  ['eval', `export const f = () => eval('(() => { ${LOOP} return s; })()');`, /from strings/],
  [
    'a Function',
    `const g = new Function('${LOOP} return s;'); export const f = () => g();`,
    /from strings/,
  ],
  [
    'a Function of the process',
    `export const f = () => process.constructor.constructor('${LOOP} return s;')();`,
    /from strings/,
  ],
  [
    'a module with a query',
    `export const g = () => { ${LOOP} return s; };
export const f = async () => (await import(import.meta.url + '?again')).g();`,
    /more than 50 steps/,
  ],
  [
    'a module that never ends',
    `import { writeFileSync } from 'node:fs';
writeFileSync('/tmp/paceline-hidden.mjs', 'await new Promise(() => undefined);');
import('/tmp/paceline-hidden.mjs');
export const f = () => { ${LOOP} return s; };`,
    /more than 50 steps/,
  ],
  [
    'a module of the answer',
    `let found = 0;
if (import.meta.url.endsWith('?on')) { ${LOOP} found = s; }
export { found };
export const f = async () => (await import(import.meta.url + '?on')).found;`,
    /more than 50 steps/,
  ],
  [
    'a file of its own',
    `import { writeFileSync } from 'node:fs';
writeFileSync('/tmp/paceline-hidden.mjs', 'export const g = () => { ${LOOP} return s; };');
export const f = async () => (await import('/tmp/paceline-hidden.mjs')).g();`,
    /more than 50 steps/,
  ],
  [
    'another path to its folder',
    `export const g = () => { ${LOOP} return s; };
export const f = async () => (await import('/proc/self/cwd/f.mjs')).g();`,
    /more than 50 steps/,
  ],
  [
    'a CommonJS module',
    `import { writeFileSync } from 'node:fs';
writeFileSync('/tmp/paceline-hidden.cjs', 'exports.g = () => { ${LOOP} return s; };');
export const f = async () => (await import('/tmp/paceline-hidden.cjs')).g();`,
    /no ES module/,
  ],
];

/** `npm test` tries one of strings, one of a module and the CommonJS one. */
const TRIED = HIDDEN.filter((_, i) => isThorough || i % 4 === 0);

test.each(TRIED)('planted: steps in %s do not go uncounted', async (_, text, says) => {
  const results = await said(evaluatorOf('solve.mjs', { steps: 50 }), text, [1, 2]);
  for (const one of results) expect(one).toMatch(says);
});

test('planted: an output that makes the judge write into Object.prototype spoils its own score alone', async () => {
  const evaluator = evaluatorOf('solve.mjs');
  writeFileSync(
    join(folder, `task-${tasks - 1}`, 'judge/judge.mjs'),
    `export const ask = ({ seed }) => ({ x: seed });
export const score = ({ output }) => {
  const table = {};
  for (const [row, column, value] of output) (table[row] ??= {})[column] = value;
  const { bonus = 0 } = {};
  return { loss: 100 - bonus };
};`,
  );
  const text = (row: string, column: string) =>
    `export const f = () => [['${row}', '${column}', 7]];`;
  const honest = text('a', 'b');
  expect(await said(evaluator, honest, [1])).toEqual([100]);
  const [spoiled] = await said(evaluator, text('__proto__', 'bonus'), [1]);
  expect(spoiled).toMatch(
    /^invalid: The judge gave no score\. An output made it change Object\.prototype/,
  );
  expect(await said(evaluator, honest, [1])).toEqual([100]);
  expect((await said(evaluator, text('constructor', 'entries'), [1]))[0]).toMatch(/change Object,/);
  expect(await said(evaluator, honest, [1])).toEqual([100]);
});
