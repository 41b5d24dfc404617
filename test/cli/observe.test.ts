/** `paceline observe` as people start it: the verdict, JSON, and what never reaches a terminal. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder } from './fixtures/cli.ts';

const ESCAPE = '\u001B[31m';

test('one sentence, a table, JSON; control characters of a file stay out of the terminal', async () => {
  const folder = emptyFolder();
  const text = `commit\tval${ESCAPE}_bpb\tstatus\tdescription\na1b2c3d\t1\tkeep\t${ESCAPE}red\nb1b2c3d\t0.9\tkeep\tx\n`;
  writeFileSync(join(folder, 'results.tsv'), text);
  const { code, stdout } = await cli(folder, 'observe', 'results.tsv', '--noise', '0.001');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Of 1 keep, 1 survives the noise floor of 0\.001/);
  expect(stdout).toMatch(/3 +b1b2c3d +0\.1 +100 +yes/);
  expect(stdout).not.toContain('\u001B');
  const json = (await cli(folder, 'observe', 'results.tsv', '--noise', '0.001', '--json')).json();
  expect(json).toMatchObject({ schema: 'paceline.observe/1', kept: 1, survivors: 1, tried: 1 });
});

test('a bad input is exit code 2 and one sentence, without its control characters', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'bad.csv'), `loss,status\n1,${ESCAPE}odd\n`);
  const bad = await cli(folder, 'observe', 'bad.csv');
  expect(bad.code).toBe(2);
  expect(bad.stderr).toMatch(/Line 2 has ".*odd"/);
  expect(bad.stderr).not.toContain('\u001B');
  for (const option of [
    ['--noise', '0'],
    ['--alpha', '2'],
    ['--goal', 'up'],
  ])
    expect((await cli(folder, 'observe', 'bad.csv', ...option)).code).toBe(2);
});

test('where discards leap, the count is an upper bound and says why', async () => {
  const folder = emptyFolder();
  const discards = Array.from(
    { length: 40 },
    (_, i) => `${i === 20 ? 900 : 5 + Math.sin(i * i)},0`,
  );
  writeFileSync(join(folder, 'wild.csv'), ['loss,keep', '4,1', ...discards, '3.9,1'].join('\n'));
  const { stdout } = await cli(folder, 'observe', 'wild.csv');
  expect(stdout).toMatch(/^Of 1 keep, at most 0 survive /);
  expect(stdout).toMatch(/heavy tails the level does not hold/);
  expect(stdout).toMatch(/No repeats in the file: noise estimated from 39 steps/);
});
