/** Every bad input: one clear sentence with what to do, the right exit code, nothing left behind. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isThorough } from '../thorough.ts';
import {
  type Bad,
  config,
  fault,
  refusedByConfig,
  refusesRun,
  refusesSource,
} from './fixtures/bad.ts';
import { CONFIG, cli, emptyFolder, exampleFolder } from './fixtures/cli.ts';
import { ORIGIN } from './fixtures/source-task.ts';

const BAD: Readonly<Record<string, Bad>> = {
  'broken YAML': { changes: config('name:', 'name: ['), says: /not readable YAML/ },
  'an unknown key': {
    changes: config('lambda:', 'lamda:'),
    says: /unknown key "lamda".*did you mean lambda\?/,
  },
  'an unknown key at the top': {
    changes: config('workers:', 'worker:'),
    says: /unknown key "worker".*did you mean workers\?/,
  },
  'a bad value': { changes: config('trials: 8', 'trials: many'), says: /budget\.trials/ },
  'a budget that is used up before the first trial': {
    changes: config('trials: 8', 'evals: 36'),
    says: /budget\.evals: 36 leaves nothing for a trial: the noise floor takes 12, .* 24\. Give more than 36, or 0/,
  },
  'a duration without a unit': {
    changes: config('budget:', 'budget: { wall: 50 }\nbudget_:'),
    says: /budget\.wall: 50 has no unit; write 50s or 50ms/,
  },
  'a bad value inside an alternative': {
    changes: config('generations: 3', 'generations: 3.5'),
    says: /proposers\.0\.generations: must be a whole number/,
  },
  'a command of blanks': {
    changes: config('command: node evaluator/main.mjs', 'command: "  "'),
    says: /paceline\.yaml cannot be used:\n {2}- evaluator\.command: name a program/,
  },
  'an empty file': { changes: { 'paceline.yaml': '' }, says: /the file/ },
  'an archive that does not exist': {
    changes: config('budget:', 'archive: { use: mapelites }\nbudget:'),
    says: /archive\.use: "mapelites" is none of pareto, islands, map-elites; did you mean map-elites\?/,
  },
  'a command that only a shell would read': {
    changes: config('command: node evaluator/main.mjs', 'command: cd . && node evaluator/main.mjs'),
    says: /evaluator\.command: no shell reads it.*sh -c/,
  },
  'a proposer that does not exist': {
    changes: config('{ use: genetic }', 'gentic'),
    says: /proposers\.1: "gentic" is none of genetic, cma-es, local-search, scripted, library, command, llm, agent, human; did you mean genetic\?/,
  },
  'a trial that alone would spend more than the budget': {
    changes: config(
      /lambda: 8, generations: 3[\s\S]*budget: \{ trials: 8 \}/,
      'lambda: 24, generations: 10 }\nbudget: { evals: 200 }',
    ),
    says: /proposers\.0: one trial of cma-es takes .* = 240 evaluations, more than budget\.evals 200/,
  },
  'a proposer that needs more than its name': {
    changes: config('{ use: genetic }', 'scripted'),
    says: /proposers\.1: scripted needs more than its name: write \{ use: scripted, folder: … \}/,
  },
  'a proposer that is a number': {
    changes: config('{ use: genetic }', '7'),
    says: /proposers\.1: write one of genetic, cma-es/,
  },
  'an axis upside down': {
    changes: config(
      'budget:',
      'archive: { use: map-elites, axes: [{ measure: size, min: 9, max: 1 }] }\nbudget:',
    ),
    says: /max must be larger than min/,
  },
  'a map too large to copy': {
    changes: config(
      'budget:',
      `archive: { use: map-elites, axes: [${Array.from({ length: 4 }, () => '{ measure: size, min: 0, max: 1, bins: 64 }').join(', ')}] }\nbudget:`,
    ),
    says: /more than 4096 cells/,
  },
  'a time-out no timer can hold': {
    changes: config('class: split', 'class: split\n  timeout: 9999h'),
    says: /evaluator\.timeout/,
  },
  'an origin outside the language': {
    changes: { 'origin/priority.ts': 'export const priority = () => fetch("https://x");' },
    says: /priority/,
  },
  'a CPU limit without a unit': {
    changes: config('class: split', 'class: split\n  limits: { cpu: 120 }'),
    says: /evaluator\.limits\.cpu: 120 has no unit/,
  },
  'an effect that is no number': {
    changes: config('budget:', 'rule: { smallestEffect: 1.2.3 sigma }\nbudget:'),
    says: /rule\.smallestEffect/,
  },
};

/** What tests of the library show too, by a command that runs until it is seen. */
const SEEN_LATE: Readonly<Record<string, Bad>> = {
  'a surface that is not there': {
    changes: config('origin/priority.ts', 'origin/gone.ts'),
    says: /surface\.edit names .*gone\.ts", which matches no file/,
  },
  'a judge that is not there': {
    changes: config('readonly: [evaluator]', 'readonly: [evaluator, nope]'),
    says: /surface\.readonly names .*nope", which matches no file/,
  },
  'an evaluator that prints NaN': { changes: fault('nan'), says: /origin could not be scored/i },
  'an evaluator that ignores its seed': {
    changes: {
      'evaluator/interpret.mjs': `
        const rows = { priority: { item: [1], slack: [1] }, openNew: { item: [1] } };
        const score = () => ({ excess: 1 });
        export { rows, score };`,
    },
    says: /ignores its seed/,
  },
};

test.each(Object.entries({ ...BAD, ...(isThorough ? SEEN_LATE : {}) }))(
  '%s',
  { timeout: 30_000 },
  async (_name, { changes, says }) => {
    const folder = exampleFolder(changes);
    const refused = refusedByConfig(folder);
    if (!refused) return refusesRun(folder, says);
    expect(`paceline: ${refused.message}`).toMatch(says);
    expect(refused.exitCode).toBe(2);
  },
);

test('what the config refuses the command line tells as it tells all else', async () => {
  const [, { changes, says } = { changes: {}, says: /^$/ }] =
    Object.entries(BAD).find(([, bad]) => refusedByConfig(exampleFolder(bad.changes))) ?? [];
  const { code, stderr, stdout } = await cli(exampleFolder(changes), 'run', '--quiet');
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(says)]);
});

const SOURCE_BAD: Readonly<Record<string, Bad>> = {
  'a candidate that edits an included file': {
    changes: { 'candidates/mean/src/offset.ts': 'export const offset = 0;' },
    says: /candidates\/mean: .*"src\/offset\.ts", which is not among the editable files/,
  },
  'a candidate that edits outside its block': {
    changes: { 'candidates/mean/src/estimate.ts': ORIGIN.replace('+ offset', '+ 5') },
    says: /candidates\/mean: .*outside the editable blocks was changed/,
  },
};

test.each(Object.entries(SOURCE_BAD).slice(0, isThorough ? undefined : 1))(
  '%s',
  { timeout: 30_000 },
  (_name, bad) => refusesSource(bad),
);

test('a config that cannot be used leaves no study behind', async () => {
  const folder = exampleFolder(config('origin/priority.ts', 'origin/gone.ts'));
  const { stderr } = await cli(folder, 'run', '--quiet');
  expect(stderr).toMatch(/surface\.edit names .*gone\.ts", which matches no file/);
  expect(existsSync(join(folder, '.paceline'))).toBe(false);
});

type Args = readonly [string, readonly string[], RegExp];
const ARGS: readonly Args[] = [
  ['no config', ['run'], /paceline init --example/],
  ['an unknown study', ['verify', 'nobody'], /nobody/],
  ['an unknown verb', ['frobnicate'], /unknown command/],
  ['a number that is none', ['demo', 'null', '--studies', 'few'], /whole number/],
];
const VARIANTS: readonly Args[] = [
  ['no study', ['report'], /no study/i],
  ['an unknown option', ['run', '--fast'], /unknown option/],
  ['an unknown example', ['init', '--example', 'nope'], /bin-packing/],
  ['an unknown noise', ['demo', 'null', '--noise', 'pink'], /gaussian/],
  ['a candidate and a trial', ['show', 'incumbent', '--trial', '1'], /are two questions: name one/],
];

test.each([...ARGS, ...(isThorough ? VARIANTS : [])])(
  '%s',
  { timeout: 30_000 },
  async (_name, args, says) => {
    const folder = emptyFolder();
    const { code, stderr } = await cli(folder, ...args);
    expect(stderr).toMatch(says);
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('a number that is a parameter of the task has no unit of ours', async () => {
  const folder = exampleFolder(config('family: weibull', 'family: weibull, timeout: 5, wall: 2'));
  expect(refusedByConfig(folder)).toBeUndefined();
  if (isThorough) expect((await cli(folder, 'run', '--dry-run')).code).toBe(0);
});

test('with --json an error is JSON too', async () => {
  const folder = exampleFolder({ 'paceline.yaml': `${CONFIG}\nspeed: 9` });
  const { code, json } = await cli(folder, 'run', '--json', '--quiet');
  expect(json()).toMatchObject({ schema: 'paceline.error/1', error: { code: 'CONFIG_INVALID' } });
  expect(code).toBe(2);
});

test('init never writes over anything', async () => {
  const folder = exampleFolder();
  const { code, stderr } = await cli(folder, 'init', '.', '--example', 'bin-packing');
  expect(stderr).toMatch(/not an empty folder/);
  expect(code).toBe(73);
});
