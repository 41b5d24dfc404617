/** A study of improvers from its config to a generation that the next study searches under. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from './fixtures/cli.ts';
import { tinyPolicies } from './fixtures/tiny-policies.ts';

test('promoted by confirm and gates, adopted, compared on a family it never saw, and searched under', async () => {
  const folder = tinyPolicies();
  const nothing = await cli(folder, 'improver', 'adopt');
  expect(nothing.code).not.toBe(0);
  const ran = await cli(folder, 'run', '--json');
  expect(ran.stderr).toContain('Promoted trial 0');
  expect(ran.code).toBe(0);
  expect((await cli(folder, 'verify')).code).toBe(0);

  const adopted = await cli(folder, 'improver', 'adopt', '--json');
  expect(adopted.json()).toMatchObject({ schema: 'paceline.improver/1', generation: 1 });
  const again = await cli(folder, 'improver', 'adopt', '--json');
  expect(again.json()['id']).toBe(adopted.json()['id']);
  const diff = await cli(folder, 'improver', 'diff', 'bare', 'g1');
  expect(diff.stdout).toContain('constantScale = ["c",0.8]');

  const how = ['--tasks', 'families', '--unit', 'evals', '--amount', '60', '--json'];
  const compared = await cli(folder, 'compare', '--improvers', 'bare', 'g1', ...how);
  const found = compared.json() as unknown as Record<string, { finding: object }[]>;
  expect(found['lines']).toHaveLength(6);
  expect(found['claims']?.[0]?.finding).toMatchObject({ verdict: 'helped' });
  const same = await cli(folder, 'compare', '--improvers', 'bare', 'bare', ...how);
  const none = same.json() as unknown as Record<string, { finding: object }[]>;
  expect(none['claims']?.[0]?.finding).toMatchObject({ verdict: 'no-evidence', difference: 0 });

  const genetic = ['run', '--config', 'genetic.yaml', '--json'];
  const [plain, under] = [
    await cli(folder, ...genetic),
    await cli(folder, ...genetic, '--improver', 'g1'),
  ];
  expect([plain.code, under.code]).toEqual([0, 0]);
  expect(under.stdout).not.toBe(plain.stdout);
});

test('planted: a family that hangs is a time-out of the study it is in, with its name', async () => {
  const folder = tinyPolicies();
  appendFileSync(
    join(folder, 'families/families.mjs'),
    'const { build } = families[1];\nlet made = 0;\nfamilies[1].build = (...given) => {\n  const instance = build(...given);\n  let asked = 0;\n  return { ...instance, cost(policy) { asked += 1; while (asked > 3) made += 1; return instance.cost(policy); } };\n};\n',
  );
  const config = join(folder, 'paceline.yaml');
  writeFileSync(config, readFileSync(config, 'utf8').replace('timeout: 20s', 'timeout: 2s'));
  const floor = await cli(folder, 'run');
  expect(floor.code).not.toBe(0);
  expect(floor.stderr).toMatch(/The inner study of ninety \(seed \d+\) was still running after/);
});
