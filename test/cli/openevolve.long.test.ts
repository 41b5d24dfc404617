/** Folders of OpenEvolve from start to report, none of their files changed. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { sha256 } from '../../src/core/hash.ts';
import {
  type Asked,
  type Behaviour,
  type ModelServer,
  modelServer,
} from '../../src/testing/model-server.ts';
import { cli, emptyFolder, ending, startCliWith } from './fixtures/cli.ts';
import { openEvolveFolder } from './fixtures/openevolve.ts';

const MINUTES = { timeout: 15 * 60_000 };
const hasPython = spawnSync('python3', ['--version']).status === 0;
const withPython = test.skipIf(!hasPython);
const why = hasPython ? '' : ' (skipped: there is no python3)';

const servers: ModelServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Of the files that were there before, so that a run can be seen to leave them alone. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files.map(({ name }) => [name, sha256(readFileSync(join(folder, name), 'latin1'))]),
  );
}

/** One more sample than the parent it is shown, in the shape of a search and a replacement. */
function better({ body }: Asked): Behaviour {
  const prompt: string = JSON.parse(body).messages.at(-1).content;
  const used = [...prompt.matchAll(/used = (\d+)/g)].at(-1)?.[1] ?? '2';
  const edit = { search: `used = ${used}`, replace: `used = ${Number(used) + 1}` };
  const thought = { hypothesis: 'one more', mechanism: 'averages', expected: 0.01, cites: [] };
  return { text: JSON.stringify({ ...thought, edits: [{ file: 'initial_program.py', ...edit }] }) };
}

withPython(`with the models of its config.yaml, over HTTP${why}`, MINUTES, async () => {
  const server = await modelServer(better);
  servers.push(server);
  const folder = openEvolveFolder(
    'noisy',
    `max_iterations: 12
log_level: INFO
llm:
  api_base: ${server.url}
  api_key: null
  models: [{ name: small, weight: 0.8 }, { name: large, weight: 0.2, temperature: 0.2 }]
  temperature: 0.6
  top_p: 0.9
prompt: { system_message: Use more of the samples. }
database: { num_islands: 2, population_size: 50 }
evaluator: { timeout: 20, cascade_thresholds: [0.5], parallel_evaluations: 2 }
`,
  );
  const before = filesOf(folder);
  const ran = await cli(emptyFolder(), 'run', folder, '--json');
  expect(ran.stderr).toMatch(/An OpenEvolve folder: initial_program\.py, evaluator\.py and config/);
  expect(ran.stderr).toMatch(/Mapped: max_iterations, llm\.api_base, llm\.api_key, llm\.models/);
  expect(ran.stderr).toMatch(/own way, and not as these say: database\.population_size\./);
  expect(ran.stderr).toMatch(/Paceline supplies its class EvaluationResult/);
  expect(ran.stderr).toMatch(/evaluate_stage2 gave .* promotions are tested on fresh seeds/);
  expect(ran.stderr).toMatch(/Cheap stages before it: 1\./);
  expect(ran.json()).toMatchObject({
    status: 'budget',
    trials: { total: 12 },
    spent: { requests: server.asked.length },
    promotions: expect.arrayContaining([expect.objectContaining({ metric: 'combined_score' })]),
  });
  const sent = server.asked.map(({ body }) => JSON.parse(body));
  expect(new Set(sent.map(({ model }) => model))).toEqual(new Set(['small', 'large']));
  for (const { model, temperature, top_p } of sent)
    expect([temperature, top_p]).toEqual([model === 'large' ? 0.2 : 0.6, 0.9]);
  expect(sent[0].messages[0].content).toContain('Use more of the samples.');
  expect((await cli(folder, 'verify')).code).toBe(0);
  expect(filesOf(folder)).toEqual(before);
  const ledger = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.db'))
    .map((name) => readFileSync(join(folder, name), 'latin1'));
  expect(ledger.join('')).not.toContain('artifact-that-is-not-kept');
});

withPython(`without a model, where one value is all there is${why}`, MINUTES, async () => {
  const folder = openEvolveFolder('constant', 'max_iterations: 40\nevaluator: { timeout: 10 }\n');
  const before = filesOf(folder);
  const ran = await cli(folder, 'run', '--proposers', 'genetic', '--json');
  expect(ran.stderr).toMatch(/returns no combined_score: the mean of its numbers is improved/);
  expect(ran.stderr).toMatch(/on every seed: one exact value.* no second program looks\./);
  expect(ran.json()).toMatchObject({ status: 'budget', trials: { total: 40 } });
  const { promotions } = ran.json() as unknown as { promotions: unknown[] };
  expect(promotions.length).toBeGreaterThan(0);
  expect((await cli(folder, 'show')).stdout).toMatch(
    /exactly, in the values of the evaluator, run again; no second program looked\./,
  );
  const report = (await cli(folder, 'report')).stdout;
  expect(report).toMatch(/\(exact, by the evaluator itself\)/);
  expect(report).not.toMatch(/verifier/);
  const { code, stdout } = await cli(folder, 'verify');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/holds/)]);
  expect(filesOf(folder)).toEqual(before);
});

/** A checkout of OpenEvolve, whose files are no part of this repository. */
const CHECKOUT = process.env['PACELINE_OPENEVOLVE'] ?? '';
const PYTHON = process.env['PACELINE_PYTHON'] ?? 'python3';
const hasNumpy = spawnSync(PYTHON, ['-c', 'import numpy']).status === 0;
const lacking = [
  ...(CHECKOUT === '' ? ['PACELINE_OPENEVOLVE names no checkout of OpenEvolve'] : []),
  ...(hasNumpy ? [] : [`${PYTHON} has no numpy (PACELINE_PYTHON names another)`]),
];
const skipped = lacking.length > 0 ? ` (skipped: ${lacking.join('; ')})` : '';

test.skipIf(lacking.length > 0).each([
  ['function_minimization', 'config.yaml'],
  ['circle_packing', 'config_phase_1.yaml'],
  ['signal_processing', 'config.yaml'],
])(`the example %s runs to its end from its own files${skipped}`, MINUTES, async (name, config) => {
  const folder = join(emptyFolder(), name);
  cpSync(join(CHECKOUT, 'examples', name), folder, { recursive: true });
  const before = filesOf(folder);
  const arguments_ = ['--config', join(folder, config), '--proposers', 'genetic', '--json'];
  const started = startCliWith({}, folder, 'run', folder, ...arguments_, '--python', PYTHON);
  const ran = await ending(started);
  expect(ran.stderr).not.toMatch(/^paceline: /m);
  expect(ran.json()).toMatchObject({ status: 'budget' });
  expect((await cli(folder, 'verify')).code).toBe(0);
  expect(filesOf(folder)).toEqual(before);
  expect(existsSync(join(folder, 'paceline.yaml'))).toBe(false);
});
