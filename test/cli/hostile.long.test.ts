/** `demo hostile` as people meet it, and over cases of one’s own. */
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cli, emptyFolder, ending, startCliWith, untilSaid } from './fixtures/cli.ts';

const CASES = join(import.meta.dirname, '../../examples/hostile/cases');

test('cases of one’s own: contained, in need of a gate, honest; one that is wronged', {
  timeout: 60_000,
}, async () => {
  const folder = emptyFolder();
  for (const name of ['steal-secret-file', 'forge-frames', 'behave-first-calls', 'honest-best']) {
    cpSync(join(CASES, name), join(folder, 'cases', name), { recursive: true });
  }
  const held = await cli(folder, 'demo', 'hostile', '--cases', 'cases', '--quiet');
  expect(held.stderr).toBe('');
  expect(held.code).toBe(0);
  expect(held.stdout).toMatch(/^steal-secret-file +contained +the jail: nothing was reached/m);
  expect(held.stdout).toMatch(/^forge-frames +contained +the result channel/m);
  expect(held.stdout).toMatch(/^behave-first-calls +needs a gate +needs gate C8/m);
  expect(held.stdout).toMatch(/^Contained: 2 of 2\. Missed: 0\./m);
  mkdirSync(join(folder, 'wrong/x'), { recursive: true });
  writeFileSync(join(folder, 'wrong/x/case.json'), '{"tries":"ends","kind":"honest"}');
  writeFileSync(join(folder, 'wrong/x/candidate.mjs'), 'export const f = () => process.exit(0);');
  const wronged = await cli(folder, 'demo', 'hostile', '--cases', 'wrong', '--json');
  expect(wronged.code).toBe(77);
  expect(wronged.json()).toMatchObject({ held: false, counts: { wronged: 1 } });
  const none = await cli(folder, 'demo', 'hostile', '--cases', 'nowhere');
  expect(none.code).toBe(2);
  expect(none.stderr).toMatch(/nowhere holds no case\. Make a folder for each/);
});

test('Ctrl-C before the study began, and a second one after, end it and leave nothing', {
  timeout: 180_000,
}, async () => {
  for (const isBegun of [false, true]) {
    const temporary = emptyFolder();
    const child = startCliWith({ TMPDIR: temporary }, temporary, 'demo', 'hostile');
    const ended = ending(child);
    const inside = () => readdirSync(temporary).filter((name) => name.startsWith('paceline-'));
    if (isBegun) {
      await untilSaid(child, /10 of \d+ cases/);
      child.kill('SIGINT');
      await sleep(50);
    } else await expect.poll(inside, { timeout: 20_000, interval: 20 }).not.toEqual([]);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(inside()).toEqual([]);
  }
});

test('a case may be called as the origin is', { timeout: 60_000 }, async () => {
  const folder = emptyFolder();
  cpSync(join(CASES, 'forge-frames'), join(folder, 'cases/origin'), { recursive: true });
  const held = await cli(folder, 'demo', 'hostile', '--cases', 'cases', '--json');
  expect(held.code).toBe(0);
  expect(held.json()).toMatchObject({ held: true, incumbent: 'origin', wrong: [] });
});
