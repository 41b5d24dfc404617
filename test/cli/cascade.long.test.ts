/** `evaluator.stages` from the config to a verified report. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, configWith, exampleFolder } from './fixtures/cli.ts';

const SHORT = `
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function evaluate({ candidate, cases }: { candidate: string; cases: readonly unknown[] }) {
  const { length } = readFileSync(join(candidate, 'priority.mjs'), 'utf8');
  return cases.map(() => ({ characters: length }));
}
`;

const config = (threshold: number, more = ''): string =>
  configWith(
    'command: node evaluator/main.mjs',
    `command: node evaluator/main.mjs
  stages:
    - name: short
      use: function
      module: evaluator/short.ts
      metric: { name: characters, goal: min }
      threshold: ${threshold}${more}`,
  );

const folderWith = (yaml: string): string =>
  exampleFolder({ 'paceline.yaml': yaml, 'evaluator/short.ts': SHORT });

test('a stage stops long candidates; report, status and verify show it', {
  timeout: 60_000,
}, async () => {
  const folder = folderWith(config(700));
  const ran = await cli(folder, 'run', '--quiet', '--json', '--trials', '10');
  expect(ran.stderr).toBe('');
  const { studies } = (await cli(folder, 'status', '--json')).json() as unknown as {
    readonly studies: readonly { readonly stopped: number }[];
  };
  expect(studies[0]?.stopped).toBeGreaterThan(0);
  const [study = ''] = readdirSync(join(folder, '.paceline/studies'));
  const report = readFileSync(join(folder, '.paceline/studies', study, 'report/report.md'), 'utf8');
  expect(report).toContain(`stage: short stopped ${studies[0]?.stopped} of `);
  expect((await cli(folder, 'verify')).code).toBe(0);
});

test('a threshold the origin misses, and a stage that is misspelt, are refused', {
  timeout: 30_000,
}, async () => {
  const strict = await cli(folderWith(config(10)), 'run', '--quiet');
  expect(strict.code).not.toBe(0);
  expect(strict.stderr).toMatch(/The stage short would stop the origin itself: its characters/);
  const misspelt = await cli(folderWith(config(700, '\n      case: 2')), 'run', '--quiet');
  expect(misspelt.stderr).toMatch(/unknown key "case"; did you mean cases\?/);
});
