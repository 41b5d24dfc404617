/** Control groups of version 2 as systemd delegates them: where they can be had, else skipped with why. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bubblewrapMissing } from '../../src/sandboxes/bubblewrap/cause.ts';
import { groupPlace } from '../../src/sandboxes/jail/cgroup-place.ts';
import { builtChild } from '../built.ts';

const CHILD = `${process.execPath} ${builtChild('group-child')}`;
const MANAGER = process.getuid?.() === 0 ? [] : ['--user'];

/** Emulated machines are slow. */
const options = { timeout: 180_000 };

interface Said {
  readonly place?: { readonly memory: string } | string;
  readonly group?: string;
  readonly held?: readonly (readonly string[])[];
  readonly ended?: string;
  readonly last?: string;
  readonly left?: unknown;
}

/** In a scope of its own. */
function inScope(words: readonly string[], delegate: 'yes' | 'no' = 'yes') {
  const property = `Delegate=${delegate}`;
  const argv = [...MANAGER, '--scope', '--quiet', '--property', property, '--', ...words];
  return spawnSync('systemd-run', argv, { encoding: 'utf8', timeout: options.timeout });
}

const engine = (act: string): readonly string[] => [...CHILD.split(' '), act, scopeFolder()];
const scopeFolder = (): string => mkdtempSync(join(tmpdir(), 'paceline-group-'));

/** A shell in a scope, itself in a group below it, so that the scope outlives every engine. */
function aside(script: string): string {
  const first =
    'd=/sys/fs/cgroup$(cut -d: -f3 /proc/self/cgroup); mkdir $d/shell; echo $$ > $d/shell/cgroup.procs';
  const last =
    'echo; find $d -type d | sed "s,$d,top,"; echo "on: $(cat $d/cgroup.subtree_control)"';
  return inScope(['sh', '-c', `${first}; ${script}; ${last}`]).stdout;
}

const memoryOf = (said: Said | undefined): string =>
  typeof said?.place === 'object' ? said.place.memory : String(said?.place);

const saidIn = (stdout: string): readonly Said[] =>
  stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Said] : []));

const listedIn = (stdout: string): readonly string[] =>
  stdout.split('\n').filter((line) => /^(?:top|on:)/.test(line));

const ON = 'on: cpu memory pids';
const CLEAN = ['top', 'top/shell', 'on: '];

function reasonAgainst(): string | undefined {
  const found = groupPlace();
  if (typeof found === 'string') return found;
  if (!('own' in found)) return 'memory and pids are controllers of version 1 here';
  const tried = inScope(['true']);
  if (tried.status !== 0) return `systemd-run makes no scope: ${tried.error ?? tried.stderr}`;
  return bubblewrapMissing();
}

const reason = reasonAgainst();

describe.skipIf(reason)(reason ? `delegated groups (${reason})` : 'delegated groups', () => {
  test('alone in a scope: it goes aside, and every limit is the kernel’s', options, () => {
    const [first, during, ...ends] = saidIn(inScope(engine('limits')).stdout);
    expect(first?.group).toMatch(/\.scope\/paceline-\d+-\d+-memory-pids-cpu\/engine$/);
    expect(during?.held).toEqual([
      [`${128 * 2 ** 20}`, '0', '1', '40', expect.stringMatching(/\d/)],
    ]);
    expect(ends.slice(0, 2)).toEqual([
      { ended: 'over-memory', last: '' },
      { ended: 'over-memory', last: '' },
    ]);
    // 40 for the first process and 12 for each of four others, less the jail’s own.
    expect(Number(ends[2]?.last)).toBeLessThan(88);
    expect(Number(ends[2]?.last)).toBeGreaterThan(40);
    expect(ends.at(-1)).toEqual({ left: [] });
  });

  test(
    'processes of others, and a scope that is not delegated: refused with the line to type',
    options,
    () => {
      const line = /systemd-run (?:--user )?--scope -p Delegate=yes paceline …$/;
      for (const [stdout, why] of [
        [
          inScope(['sh', '-c', `${engine('leave').join(' ')}; true`]).stdout,
          /holds processes that are not ours/,
        ],
        [inScope(engine('leave'), 'no').stdout, /systemd has not delegated/],
      ] as const) {
        const [{ place } = {}] = saidIn(stdout);
        expect(place).toMatch(why);
        expect(place).toMatch(line);
      }
    },
  );

  test(
    'what comes goes: after the last of two engines at once the scope is as it was',
    options,
    () => {
      const [stay, leave] = [engine('stay'), engine('leave')].map((words) => words.join(' '));
      const on = 'echo "on: $(cat $d/cgroup.subtree_control)"';
      const stdout = aside(`
        cd ${scopeFolder()}; mkfifo a b
        ${stay} < a > first & one=$!; exec 8> a; until [ -s first ]; do sleep 0.1; done
        ${leave}; ${on}
        ${stay} < b > second 8>&- & exec 9> b; until [ -s second ]; do sleep 0.1; done
        exec 8>&-; wait $one; ${on}
        exec 9>&-; wait; cat first second`);
      expect(saidIn(stdout).map(({ place }) => typeof place)).toEqual([
        'object',
        'object',
        'object',
      ]);
      expect(listedIn(stdout)).toEqual([ON, ON, ...CLEAN]);
    },
  );

  test('an engine that another starts stands beside it', options, () => {
    const [outer, inner] = saidIn(inScope(engine('nest')).stdout);
    expect(inner?.group).toBe(outer?.group);
    const [above, below] = [outer, inner].map((said) => dirname(memoryOf(said)));
    expect(below).toBe(above);
    expect(memoryOf(inner)).not.toBe(memoryOf(outer));
  });

  test('kill -9 in a run: all of it is ended, and the next start leaves nothing', options, () => {
    const [killed, leave] = [engine('killed'), engine('leave')].map((words) => words.join(' '));
    const list = 'find $d -type d | sed "s,$d,top,"';
    const stdout = aside(`${killed}; sleep 2; ${list}; ${leave}`);
    const listed = listedIn(stdout);
    expect(
      listed.filter((line) => /paceline-\d+-\d+-memory-pids-cpu\/paceline-/.test(line)),
    ).toHaveLength(1);
    expect(listed.slice(-3)).toEqual(CLEAN);
  });
});
