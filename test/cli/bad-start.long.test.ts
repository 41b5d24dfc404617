/** What is wrong with a task and shows only once something of it runs: a sentence, and nothing to resume. */
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Bad, config, fault, generator, refusesRun, refusesSource } from './fixtures/bad.ts';
import { cli, ending, exampleFolder, faultyEvaluator, startCli } from './fixtures/cli.ts';
import { SOURCE_CONFIG, sourceFolder, withBody } from './fixtures/source-task.ts';

const BAD: Readonly<Record<string, Bad>> = {
  'a broken interpreter': {
    changes: { 'evaluator/interpret.mjs': 'export const rows = 1;' },
    says: /interpret\.mjs/,
  },
  'a generator that fails': {
    changes: generator('console.error("no disk"); process.exit(4);'),
    says: /generator.*no disk/i,
  },
  'a generator that ignores its seed': {
    changes: generator('for (const _ of process.env.PACELINE_SEEDS.split(",")) console.log("{}");'),
    says: /same instance for seeds/,
  },
  'an evaluator that prints nothing': { changes: { 'evaluator/main.mjs': '' }, says: /origin/i },
  "another rollout's nonce": { changes: fault('wrong-nonce'), says: /nonce/ },
  'an origin that crashes': { changes: fault('crash'), says: /origin could not be scored/i },
  'a judge that disagrees with the search': {
    changes: { 'evaluator/main.mjs': faultyEvaluator },
    says: /Make the two agree/,
  },
  'an axis that measures nothing of this task': {
    changes: config(
      'budget:',
      'archive: { use: map-elites, axes: [{ measure: speed, min: 0, max: 1 }] }\nbudget:',
    ),
    says: /measure "speed".*Choose of: size, depth/,
  },
};

test.each(Object.entries(BAD))('%s', { timeout: 60_000 }, (_name, { changes, says }) =>
  refusesRun(exampleFolder(changes), says),
);

const SOURCE_BAD: Readonly<Record<string, Bad>> = {
  'a candidate that is not of its language': {
    changes: { 'candidates/mean/src/estimate.ts': withBody('samples[0;') },
    says: /candidates\/mean is not of its language\. src\/estimate\.ts: Line \d+: .*nothing was spent/,
  },
  'a candidate beyond the limit': {
    changes: {
      'paceline.yaml': SOURCE_CONFIG.replace('include:', 'limit: 1kb\n  include:'),
      'candidates/mean/src/estimate.ts': withBody(`0 /* ${'long '.repeat(200)}*/`),
    },
    says: /candidates\/mean: .*more than the 1024 of surface\.limit/,
  },
  'a limit below the origin': {
    changes: { 'paceline.yaml': SOURCE_CONFIG.replace('include:', 'limit: 10\n  include:') },
    says: /more than the 10 of surface\.limit\. Raise it/,
  },
  'a candidate that edits its judge': {
    changes: { 'candidates/mean/evaluator/evaluate.ts': 'export const evaluate = () => [];' },
    says: /candidates\/mean: .*"evaluator\/evaluate\.ts", which is not among the editable files/,
  },
};

test.each(Object.entries(SOURCE_BAD))('%s', { timeout: 60_000 }, (_name, bad) =>
  refusesSource(bad),
);

test('an origin that is not of its language is named with its line, for who parses it', async () => {
  const broken = 'export const f = (x => ;\n';
  const proposers = SOURCE_CONFIG.replace(/proposers:[\s\S]*?(?=\n\S)/, 'proposers: [genetic]');
  const folder = sourceFolder({ 'paceline.yaml': proposers, 'src/estimate.ts': broken });
  const { code, stderr } = await cli(folder, 'run', '--quiet');
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/src\/estimate\.ts: Line 1: Unexpected/),
  ]);
});

test('a start that fails before anything was measured leaves no study to resume', async () => {
  const folder = exampleFolder(fault('crash'));
  const failed = await cli(folder, 'run', '--quiet');
  expect(failed.stderr).toMatch(/origin could not be scored/i);
  expect((await cli(folder, 'status')).stdout).toMatch(/No study here yet/);
  expect(readdirSync(join(folder, '.paceline/gate'))).toEqual(['keys']);
  expect((await cli(folder, 'resume')).stderr).toMatch(/no study/i);
});

test('a judge cannot change its own files, and is told so', async () => {
  const judge = readFileSync(join(exampleFolder(), 'evaluator/main.mjs'), 'utf8');
  const writes =
    "import { appendFileSync } from 'node:fs';\nappendFileSync('evaluator/calls.log', 'x');\n";
  const folder = exampleFolder({ 'evaluator/main.mjs': writes + judge });
  const { code, stderr } = await cli(folder, 'run', '--quiet');
  expect([code, stderr]).toEqual([2, expect.stringMatching(/(EROFS|EACCES|denied).*calls\.log/)]);
  expect(existsSync(join(folder, 'evaluator/calls.log'))).toBe(false);
});

test('a judge that somebody changes at the start is answered with what fits where nothing is kept', async () => {
  const folder = exampleFolder();
  const child = startCli(folder, 'run');
  const ended = ending(child);
  const meddling = setInterval(() => appendFileSync(join(folder, 'evaluator/calls.log'), 'x'), 20);
  const { code, stderr } = await ended;
  clearInterval(meddling);
  expect(code).toBe(2);
  expect(stderr).toMatch(/calls\.log was .*then run the same command again; if the eval/);
  expect(stderr).not.toMatch(/resume/);
  expect((await cli(folder, 'status')).stdout).toMatch(/No study here yet/);
});
