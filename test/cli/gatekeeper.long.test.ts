/** The gatekeeper's life beside the engine's, in whole studies. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder, ending, startCli } from './fixtures/cli.ts';

/** Command lines of all processes, by number. */
function processes(): ReadonlyMap<string, string> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const read = (pid: string): string => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return '';
    }
  };
  return new Map(pids.map((pid) => [pid, read(pid)] as const));
}

function parentOf(pid: string): string {
  try {
    return /^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
  } catch {
    return '';
  }
}

test('an engine that is killed while its gatekeeper judges takes it along, and the study goes on', {
  timeout: 180_000,
}, async () => {
  const folder = join(emptyFolder(), 'tsp');
  expect((await cli(dirname(folder), 'init', 'tsp', '--example', 'tsp')).code).toBe(0);
  const config = join(folder, 'paceline.yaml');
  const text = readFileSync(config, 'utf8');
  // Small, and long enough for a candidate that the gatekeeper is asked about.
  const small = text.replace('cities: 50, instances: 12', 'cities: 12, instances: 2');
  writeFileSync(config, small.replace('wall: 150s', 'wall: 40s'));
  const child = startCli(folder, 'run', '--quiet');
  const ended = ending(child);
  const work = join(folder, '.paceline/work');
  const judges = () => existsSync(work) && readdirSync(work).some((name) => name.endsWith('.gate'));
  await expect.poll(judges, { timeout: 90_000 }).toBe(true);
  const gatekeepers = [...processes()].flatMap(([pid, line]) =>
    line.includes('gatekeeper-main') && parentOf(pid) === String(child.pid) ? [pid] : [],
  );
  expect(gatekeepers).toHaveLength(1);
  child.kill('SIGKILL');
  await ended;
  const left = () =>
    [...processes()].filter(([pid, line]) => gatekeepers.includes(pid) || line.includes(folder));
  await expect.poll(left, { timeout: 8_000 }).toEqual([]);
  expect((await cli(folder, 'resume', '--quiet')).code).toBe(0);
  expect((await cli(folder, 'verify')).code).toBe(0);
  expect(readdirSync(work)).toEqual([]);
});
