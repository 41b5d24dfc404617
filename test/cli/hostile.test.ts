/** `demo hostile` as people meet it. */
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cli, emptyFolder, ending, startCliWith, untilSaid } from './fixtures/cli.ts';

const CASES = join(import.meta.dirname, '../../examples/hostile/cases');

test('Ctrl-C before the study began, and a second one after, end it and leave nothing', {
  timeout: 60_000,
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
