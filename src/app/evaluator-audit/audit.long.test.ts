/** Faulty evaluators, planted: a study may not start with one. Honest ones, of all examples, may. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { loadConfig } from '../config.ts';
import { createEngine } from '../engine.ts';
import { withPassingPlan } from '../passing-plan.ts';
import { stateFolder } from '../study-files.ts';
import { auditAll, auditBeforeFirstTrial } from './audit.ts';
import { needsLines, needsOf } from './needs.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function folderNamed(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `paceline-audit-${name}-`));
  // As root, what is jailed runs as a user of its own.
  chmodSync(folder, 0o755);
  made.push(folder);
  return folder;
}

const FUNCTION = 'use: function, module: evaluator/main.mjs';
const COMMAND = 'command: node evaluator/main.mjs';

/** A task whose origin guesses the middle of noise, and what judges it. */
function task(run: string, main: string): string {
  const root = folderNamed('task');
  const files = {
    'paceline.yaml': `name: audited
kind: code
surface: { edit: [f.mjs], readonly: [evaluator] }
evaluator: { ${run}, class: fused, metrics: [{ name: loss, goal: min, unit: points }] }
proposers: [genetic]
budget: { trials: 1 }
`,
    'f.mjs': 'export const f = (x) => x + 1;\n',
    'evaluator/main.mjs': main,
    'notes.txt': 'not needed\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const evaluating = (loss: string, otherwise = 'throw error') => `
export async function evaluate({ candidate, cases }) {
  const lossOf = (f, seed) => { const x = Math.sin(seed); return ${loss}; };
  let f;
  try { ({ f } = await import(candidate + '/f.mjs')); if (!f) throw new Error('no f'); } catch (error) { ${otherwise}; }
  return cases.map(({ seed }) => ({ loss: lossOf(f, seed) }));
}
`;
const HONEST = evaluating('(f(x) - x) ** 2 + x * x');

const ASKED = `
import { readFileSync, unlinkSync, writeSync } from 'node:fs';
const { PACELINE_INSTANCES: file, PACELINE_CANDIDATE: folder, PACELINE_RESULT_FD: descriptor } = process.env;
const { nonce, cases } = JSON.parse(readFileSync(file, 'utf8'));
const answer = (index, loss) => writeSync(Number(descriptor), JSON.stringify({ nonce, index, metrics: { loss } }) + '\\n');
`;
const BELIEVES_STDOUT = `${ASKED}
import { execFileSync } from 'node:child_process';
const code = "const { f } = await import(process.argv[1]); console.log('METRIC loss=' + f(Math.sin(Number(process.argv[2]))) ** 2);";
cases.forEach(({ index, seed }) => {
  const said = execFileSync('node', ['--input-type=module', '-e', code, folder + '/f.mjs', String(seed)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore', 'ignore'] });
  answer(index, Number(/METRIC loss=(\\S+)/.exec(said)[1]));
});
`;
const BELIEVES_WITHIN = BELIEVES_STDOUT.replace(
  /answer\(index, (.+)\);\n/,
  "const loss = $1; if (!(loss >= 0 && loss <= 100)) throw new Error('out of range'); answer(index, loss);\n",
);
const LOADS = `
const { f } = await import(folder + '/f.mjs');
cases.forEach(({ index, seed }) => answer(index, (f(Math.sin(seed)) - Math.sin(seed)) ** 2 + Math.sin(seed) ** 2));
`;
const KEEPS_NONCE = `delete process.env.PACELINE_INSTANCES; delete process.env.PACELINE_RESULT_FD; unlinkSync(file);`;

const FAULTY = {
  'rewards an empty program': {
    root: () => task(FUNCTION, evaluating('f === undefined ? 0 : f(x) ** 2 + 1', '')),
    candidate: 'empty',
  },
  'takes what is no number as 0': {
    root: () => task(FUNCTION, evaluating('((f(x) - x) ** 2 || 0) + x * x')),
    candidate: 'null agent',
  },
  'believes what is printed': {
    root: () => task(COMMAND, BELIEVES_STDOUT),
    candidate: 'forged line',
  },
  'believes what is printed where it could be a loss': {
    root: () => task(COMMAND, BELIEVES_WITHIN),
    candidate: 'forged line of 0.987654321',
  },
  'leaves the nonce where candidates run': {
    root: () => task(COMMAND, ASKED + LOADS),
    candidate: 'forged answer with nonce',
  },
  'answers through JSON that a candidate can replace': {
    root: () => task(COMMAND, ASKED + KEEPS_NONCE + LOADS),
    candidate: 'patched JSON',
  },
};

describe('before the first trial', () => {
  test.each(Object.entries(FAULTY))(
    'an evaluator that %s is refused, and nothing is left',
    {
      timeout: 60_000,
    },
    async (_, { root: make, candidate }) => {
      const root = make();
      const { config } = loadConfig(join(root, 'paceline.yaml'));
      const engine = createEngine({ root });
      const refused = await engine.start(config).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(refused).toMatchObject({ code: 'EVALUATOR_FAILED', data: { candidate } });
      for (const name of ['studies', 'work', 'gate']) {
        const folder = join(stateFolder(root), name);
        expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
      }
    },
  );

  test('an honest evaluator is not', async () => {
    const root = task(FUNCTION, HONEST);
    const { config } = loadConfig(join(root, 'paceline.yaml'));
    const look = withPassingPlan('doctor', { root, config }, (plan) =>
      auditBeforeFirstTrial({ root, config, plan }),
    );
    await expect(look).resolves.toBeUndefined();
  });
});

const NEVER_LOADS = `
export async function evaluate({ cases }) { return cases.map(({ seed }) => ({ loss: Math.sin(seed) })); }
`;
const SLOW_CASES = HONEST.replace(
  'return cases.map',
  `
  for (const _ of cases) await new Promise((resolve) => setTimeout(resolve, 150));
  return cases.map`,
);

test('where failing changes nothing no attack in code is said to be held', {
  timeout: 60_000,
}, async () => {
  const root = task(FUNCTION, NEVER_LOADS);
  const { config } = loadConfig(join(root, 'paceline.yaml'));
  const { attacked, skipped } = await withPassingPlan('doctor', { root, config }, (plan) =>
    auditAll({ root, config, plan }),
  );
  expect(attacked.map(({ kind }) => kind)).not.toContain('reach');
  expect(skipped).toEqual([expect.stringContaining('scores as the origin does')]);
});

test('at a start that takes long what is left out is named, and nothing is remembered', async () => {
  const root = task(FUNCTION, HONEST);
  vi.stubEnv('XDG_CACHE_HOME', folderNamed('cache'));
  const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
  const { config } = loadConfig(join(root, 'paceline.yaml'));
  const told: string[] = [];
  const start = (patienceMs: number) =>
    withPassingPlan('doctor', { root, config }, (plan) =>
      auditBeforeFirstTrial({
        root,
        config,
        plan,
        patienceMs,
        onProgress: (done, of) => told.push(`${done} of ${of}`),
      }),
    );
  await start(-1);
  expect(warned).toHaveBeenCalledWith(
    expect.stringMatching(/left out: .*forged number/),
    'Paceline',
  );
  warned.mockClear();
  await start(60_000);
  expect(warned).not.toHaveBeenCalled();
  expect(told.at(-1)).toMatch(/^(\d+) of \1$/);
  told.length = 0;
  await start(60_000);
  expect(told, 'it passed before').toEqual([]);
  vi.unstubAllEnvs();
  warned.mockRestore();
}, 60_000);

test('the time limit is enough for all cases of one request', { timeout: 60_000 }, async () => {
  const root = task(FUNCTION, SLOW_CASES);
  const { config } = loadConfig(join(root, 'paceline.yaml'));
  const { timeoutMs } = await needsOf({ root, config, judged: ['evaluator'] });
  // 12 cases of the noise floor, four times over.
  expect(timeoutMs).toBeGreaterThan(4 * 12 * 150);
});

test('the whole audit names what is let through, and what is enough', {
  timeout: 60_000,
}, async () => {
  const root = task(FUNCTION, HONEST);
  const { config } = loadConfig(join(root, 'paceline.yaml'));
  const { attacked, mutants } = await withPassingPlan('doctor', { root, config }, (plan) =>
    auditAll({ root, config, plan }),
  );
  const through = attacked.flatMap(({ name, isThrough }) => (isThrough ? [name] : []));
  // Fused: a candidate can change the language under the evaluator, and read its files.
  expect(through).toEqual(expect.arrayContaining(['patched prototypes', 'reads the evaluator']));
  expect(through).not.toContain('writes to the evaluator');
  expect(attacked.filter(({ isRefused }) => isRefused)).toEqual([]);
  expect(mutants.killed).toBeGreaterThan(mutants.total / 2);
  const needs = await needsOf({ root, config, judged: ['evaluator'] });
  expect(needs).toMatchObject({ read: ['evaluator'], processes: 1 });
  expect(needs.runs).toBeLessThanOrEqual(24);
  expect(needsLines(needs)[0]).toBe('jail: { read: [evaluator] }');
});
