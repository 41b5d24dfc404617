/** Exact objectives as people run them: two programs, a whole study, and their bad input. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, configWith, exampleFolder } from './fixtures/cli.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/bin-packing');
/** The example on one fixed instance: what it scores no longer depends on the seed. */
const fixed = (file: string): string =>
  readFileSync(join(EXAMPLE, file), 'utf8').replace(
    'makeInstances(family, seed)',
    'makeInstances(family, 7)',
  );

const MAIN = fixed('evaluator/main.mjs');
const rule = (verifier: string, tolerance = '0.001') =>
  `rule: { mode: exact, exact: { tolerance: ${tolerance}, verifier: ${verifier} } }\nbudget:`;

function folderWith(changes: Readonly<Record<string, string>> = {}): string {
  return exampleFolder({
    'paceline.yaml': configWith(
      'budget: { trials: 8 }',
      rule('node verify.mjs').replace(/budget:$/, 'budget: { trials: 12 }'),
    ),
    'evaluator/main.mjs': MAIN,
    'evaluator/interpret.mjs': fixed('evaluator/interpret.mjs'),
    'verify.mjs': `// a second program\n${MAIN.replaceAll("'./", "'./evaluator/")}`,
    ...changes,
  });
}

test('a study of one value: decided, reported and verified without a level', {
  timeout: 240_000,
}, async () => {
  const folder = folderWith();
  const ran = await cli(folder, 'run', '--json');
  const found: unknown = ran.json();
  const result = found as Readonly<Record<'promotions' | 'control', readonly object[]>>;
  expect(ran.stderr).toMatch(/Origin .* percent \(exact, by the verifier\)/);
  expect(result.promotions.length).toBeGreaterThan(0);
  for (const one of [...result.promotions, ...result.control]) {
    expect(one).toHaveProperty('exact', { tolerance: 0.001 });
    expect(one).not.toHaveProperty('interval');
    expect(one).not.toHaveProperty('level');
  }
  expect((await cli(folder, 'report')).stdout).toMatch(/\(exact, by the verifier\)/);
  const [study = ''] = readdirSync(join(folder, '.paceline/studies'));
  const report = readFileSync(join(folder, '.paceline/studies', study, 'report/report.md'), 'utf8');
  expect(report).toMatch(/exact: accept only what an independent verifier scores better/);
  expect(report.match(/.*(not recorded|undefined|% interval).*/)?.[0]).toBeUndefined();
  expect((await cli(folder, 'show')).stdout).toMatch(
    /exactly, in the values of an independent verifier/,
  );
  expect((await cli(folder, 'verify')).code).toBe(0);
  expect((await cli(folder, 'report', '--audit')).code).toBe(0);
});

const BAD: Readonly<Record<string, readonly [Readonly<Record<string, string>>, RegExp]>> = {
  'the evaluator as its own verifier': [
    { 'paceline.yaml': configWith('budget:', rule('node evaluator/main.mjs')) },
    /verifier runs main\.mjs, which the evaluator or the candidate is made of too/,
  ],
  'a copy of the evaluator as verifier': [
    { 'verify.mjs': MAIN },
    /verifier runs verify\.mjs, which the evaluator/,
  ],
  'a verifier that is no file': [
    { 'paceline.yaml': configWith('budget:', rule('[node, -e, "0"]')) },
    /verifier names no file of the task/,
  ],
  'a verifier that disagrees': [
    {
      'verify.mjs': MAIN.replaceAll("'./", "'./evaluator/").replace(
        'metrics: { excess }',
        'metrics: { excess: excess + 1 }',
      ),
    },
    /Evaluator and verifier disagree on the origin: .* more than rule\.exact\.tolerance 0\.001/,
  ],
  'a tolerance that is none': [
    { 'paceline.yaml': configWith('budget:', rule('node verify.mjs', '-1')) },
    /rule\.exact\.tolerance/,
  ],
  'a level beside exact': [
    {
      'paceline.yaml': configWith(
        'budget:',
        rule('node verify.mjs').replace('mode: exact,', 'mode: exact, alpha: 0.05,'),
      ),
    },
    /rule: alpha belongs to another use, mode or role/,
  ],
  'an objective that has instances': [
    {
      'evaluator/main.mjs': readFileSync(join(EXAMPLE, 'evaluator/main.mjs'), 'utf8'),
      'evaluator/interpret.mjs': readFileSync(join(EXAMPLE, 'evaluator/interpret.mjs'), 'utf8'),
    },
    /rule\.mode is exact, but the origin scored .* depends on the seed/,
  ],
  'instances of a generator': [
    {
      'paceline.yaml': configWith(
        'budget:',
        `splits: { generator: node generate.mjs }\n${rule('node verify.mjs')}`,
      ),
    },
    /rule\.mode exact is for one problem without any/,
  ],
};

test.each(Object.entries(BAD))('%s', { timeout: 60_000 }, async (_name, [changes, says]) => {
  const { code, stderr, stdout } = await cli(folderWith(changes), 'run', '--quiet');
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/internal error|\n\s+at /);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});
