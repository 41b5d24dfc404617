/** `kill -9` of a study whose judge is a command. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orphansOf, runChild } from './fixtures/kills.ts';

const directory = mkdtempSync(join(tmpdir(), 'paceline-kills-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let undisturbed = '';

beforeAll(async () => {
  undisturbed = (await runChild(directory, { id: 'undisturbed' })).logical ?? '';
  expect(undisturbed).toMatch(/^sha256:/);
}, 60_000);

test('killed with a command as judge: no process of it lives on, and the study ends the same', {
  timeout: 120_000,
}, async () => {
  const study = { id: 'judged', judge: 'command' } as const;
  for (const nth of [3, 5, 8]) {
    const kill = { phase: 'confirm', nth, when: 'during' } as const;
    expect((await runChild(directory, study, kill)).signal).toBe('SIGKILL');
    expect(await orphansOf(directory, study.id)).toEqual({ met: true, left: 0 });
  }
  expect((await runChild(directory, study)).logical).toBe(undisturbed);
  expect(await orphansOf(directory, study.id)).toEqual({ met: false, left: 0 });
});
