import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bubblewrapSandbox } from '../../src/sandboxes/bubblewrap.ts';
import { workingPlace } from '../../src/sandboxes/jail/cgroup.ts';
import type { GroupPlace } from '../../src/sandboxes/jail/cgroup-place.ts';
import { namespacesSandbox } from '../../src/sandboxes/namespaces.ts';
import { restrictedNodeSandbox } from '../../src/sandboxes/restricted-node.ts';
import { processSandbox } from '../../src/testing/plain-sandbox.ts';
import { sandboxConformance } from '../../src/testing/sandbox-conformance.ts';
import type { Suite } from '../../src/testing/suite.ts';

const suite: Suite = {
  test: (name, body) => test(name, { timeout: 30_000 }, body),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

let made = 0;
const create = () => processSandbox({ scope: join(import.meta.filename, String(made++)) });

const scope = (): string => join(import.meta.filename, String(made++));
const groups = workingPlace();
const withGroups = typeof groups === 'string' ? groups : undefined;

describe.skipIf(withGroups)('bubblewrap.ts with control groups', () =>
  sandboxConformance(suite, {
    create: () => bubblewrapSandbox({ scope: scope(), groups: groups as GroupPlace }),
  }),
);
describe('bubblewrap.ts without', () =>
  sandboxConformance(suite, { create: () => bubblewrapSandbox({ scope: scope() }) }));
describe('namespaces.ts', () =>
  sandboxConformance(suite, { create: () => namespacesSandbox({ scope: scope() }) }));
describe('restricted-node.ts', () =>
  sandboxConformance(suite, {
    create: () => restrictedNodeSandbox({ scope: scope() }),
    onlyNode: true,
  }));
describe('plain-sandbox.ts, in testing', () => sandboxConformance(suite, { create }));

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
