import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { processSandbox } from '../../src/testing/plain-sandbox.ts';
import { limitLaws } from '../../src/testing/sandbox-limits.ts';
import type { Suite } from '../../src/testing/suite.ts';
import { heldTo, scope, tried } from './fixtures/levels.ts';

const suite: Suite = {
  test: (name, body) => test(name, { timeout: 30_000 }, body),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

for (const level of tried('best')) heldTo(suite, level);

const create = () => processSandbox({ scope: scope() });
describe('plain-sandbox.ts, in testing', () => limitLaws(suite, { create }));

const onlyHere = process.env['PATH'] ?? '';

test('without prlimit its limits are refused with the reason, and the rest still runs', async () => {
  process.env['PATH'] = join(import.meta.dirname, 'no-such-folder');
  try {
    const sandbox = create();
    const limits = { wallMs: 10_000, outputBytes: 100 };
    expect(() => sandbox.check({ ...limits, memoryBytes: 1e9 })).toThrow(
      /The limit memory cannot be enforced here: prlimit, a part of util-linux, is not installed/,
    );
    const argv = [process.execPath, '-p', '6 * 7'];
    const sees = { reads: [], writes: [], hides: [] };
    const run = {
      argv,
      cwd: import.meta.dirname,
      environment: {},
      ...sees,
      answersOn: 1,
      limits,
    } as const;
    expect((await sandbox.run(run, new AbortController().signal)).answer).toBe('42\n');
    await sandbox.close();
  } finally {
    process.env['PATH'] = onlyHere;
  }
});
