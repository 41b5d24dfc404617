/** A generation is kept with what was decided of it, or not at all: killed at any claim, grown on to the same end. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generationRecord } from '../../src/app/improvers/generation-record.ts';
import { listImprovers } from '../../src/app/improvers/store.ts';
import { emptyFolder } from '../cli/fixtures/cli.ts';

const FIXTURE = join(import.meta.dirname, 'fixtures/grow-and-die.mts');

const grown = (root: string, dieAt = 0) =>
  spawnSync(process.execPath, ['--import', 'tsx', FIXTURE, root, String(dieAt)], {
    encoding: 'utf8',
  });

test('planted: kill -9 in a claim and in an audit leaves no generation without its record', () => {
  const whole = grown(emptyFolder());
  expect(whole.stderr).toBe('');
  expect(JSON.parse(whole.stdout)).toHaveLength(2);
  const root = emptyFolder();
  // Claims and audits in turn: of the first generation, and of the second, whose parent is decided.
  for (const dieAt of [1, 2, 3, 2]) {
    const { signal } = grown(root, dieAt);
    expect(signal).toBe('SIGKILL');
    const [start, ...kept] = listImprovers(root);
    expect(start?.improver.generation).toBe(0);
    expect(kept.filter(({ id }) => generationRecord(root, id) === undefined)).toEqual([]);
  }
  expect(grown(root).stdout).toBe(whole.stdout);
  expect(listImprovers(root)).toHaveLength(3);
}, 300_000);
