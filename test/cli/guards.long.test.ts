/** Guards as people write them: a whole study whose search knows the objective alone, and bad input. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, configWith, exampleFolder } from './fixtures/cli.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/bin-packing');
const MAIN = readFileSync(join(EXAMPLE, 'evaluator/main.mjs'), 'utf8');
const OBJECTIVE = '{ name: excess, goal: min, unit: percent }';
const GUARD = '{ name: solved, goal: max, unit: share, role: guard, margin: 0.1 }';
const INFO = '{ name: opened, goal: min, unit: bins, role: info }';

function folderWith(
  metrics: string,
  answered = 'excess, solved: 1, opened: 40 + seed % 7',
): string {
  return exampleFolder({
    'paceline.yaml': configWith(`metrics: [${OBJECTIVE}]`, `metrics: [${metrics}]`),
    'evaluator/main.mjs': MAIN.replace('metrics: { excess }', `metrics: { ${answered} }`),
  });
}

test('run, report, show and verify a study with a guard', { timeout: 240_000 }, async () => {
  const folder = folderWith([INFO, OBJECTIVE, GUARD].join(', '));
  const ran = await cli(folder, 'run', '--json');
  expect(ran.stderr).toMatch(
    /Promoted trial .*; guard solved 0 share \[0, 0\] .* margin 0\.1 share\)/,
  );
  const found: unknown = ran.json();
  const { promotions } = found as { readonly promotions: readonly object[] };
  expect(promotions.length).toBeGreaterThan(0);
  for (const one of promotions)
    expect(one).toMatchObject({
      metric: 'excess',
      others: [
        { metric: 'solved', role: 'guard', margin: 0.1, effect: 0 },
        { metric: 'opened', role: 'info', effect: 0 },
      ],
    });
  expect((await cli(folder, 'show')).stdout).toMatch(/note: guard solved: 0 share/);
  expect((await cli(folder, 'verify')).code).toBe(0);
  expect((await cli(folder, 'report', '--audit')).code).toBe(0);
  const [study = ''] = readdirSync(join(folder, '.paceline/studies'));
  const report = readFileSync(join(folder, '.paceline/studies', study, 'report/report.md'), 'utf8');
  expect(report).toMatch(/guard solved/);
});

const BAD: readonly (readonly [string, string, RegExp])[] = [
  ['a guard without a margin', `${OBJECTIVE}, ${GUARD.replace(', margin: 0.1', '')}`, /margin/],
  ['a margin of 0', `${OBJECTIVE}, ${GUARD.replace('0.1', '0')}`, /margin of guard solved is 0/],
  ['a negative margin', `${OBJECTIVE}, ${GUARD.replace('0.1', '-1')}`, /margin/],
  [
    'two objectives',
    `${OBJECTIVE}, ${OBJECTIVE.replace('excess', 'solved')}`,
    /exactly one objective/,
  ],
  ['no objective', GUARD, /exactly one objective/],
  ['one name twice', `${OBJECTIVE}, ${GUARD.replace('solved', 'excess')}`, /name each metric once/],
  [
    'an unknown role',
    `${OBJECTIVE}, ${GUARD.replace('role: guard', 'role: gard')}`,
    /"gard" is none of objective, guard, info; did you mean guard\?/,
  ],
  [
    'a margin of nothing',
    OBJECTIVE.replace(' }', ', margin: 1 }'),
    /margin belongs to another use, mode or role/,
  ],
  [
    'a guard that the evaluator does not report',
    `${OBJECTIVE}, ${GUARD.replace('solved', 'latency')}`,
    /origin has no finite value of the guard latency/,
  ],
];

test.each(BAD)('%s', { timeout: 60_000 }, async (_name, metrics, says) => {
  const { code, stderr, stdout } = await cli(folderWith(metrics), 'run', '--quiet');
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/internal error|\n\s+at /);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});
