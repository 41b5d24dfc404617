import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cannotStart } from '../../src/app/jail/levels.ts';
import { bubblewrapMissing } from '../../src/sandboxes/bubblewrap/cause.ts';
import { bubblewrapSandbox } from '../../src/sandboxes/bubblewrap.ts';
import type { Sandbox } from '../../src/sandboxes/contract.ts';
import { workingPlace } from '../../src/sandboxes/jail/cgroup.ts';
import { namespacesSandbox } from '../../src/sandboxes/namespaces.ts';
import { ownProgramSandbox } from '../../src/sandboxes/own-program.ts';
import { restrictedNodeSandbox } from '../../src/sandboxes/restricted-node.ts';
import { processSandbox } from '../../src/testing/plain-sandbox.ts';
import { sandboxConformance } from '../../src/testing/sandbox-conformance.ts';
import { limitLaws } from '../../src/testing/sandbox-limits.ts';
import type { Suite } from '../../src/testing/suite.ts';

const suite: Suite = {
  test: (name, body) => test(name, { timeout: 30_000 }, body),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

let made = 0;
const scope = (): string => join(import.meta.filename, String(made++));

const groups = workingPlace();
const place = typeof groups === 'string' ? undefined : groups;
const noGroups = place === undefined ? String(groups) : undefined;

interface Row {
  readonly level: string;
  readonly missing: string | undefined;
  readonly open: () => Sandbox;
}

const ROWS: readonly Row[] = [
  {
    level: 'J4, bubblewrap.ts with control groups',
    missing: bubblewrapMissing() ?? noGroups,
    open: () => bubblewrapSandbox({ scope: scope(), groups: place }),
  },
  {
    level: 'J3, bubblewrap.ts without',
    missing: bubblewrapMissing(),
    open: () => bubblewrapSandbox({ scope: scope() }),
  },
  {
    level: 'J2, namespaces.ts',
    missing: undefined,
    open: () => namespacesSandbox({ scope: scope() }),
  },
  {
    level: 'J1, restricted-node.ts',
    missing: undefined,
    open: () => restrictedNodeSandbox({ scope: scope() }),
  },
];

/** Why this machine cannot have one stands in the name of what is skipped. */
const levels = await Promise.all(
  ROWS.map(async (row) => ({ ...row, reason: await reasonAgainst(row) })),
);

async function reasonAgainst({ missing, open }: Row): Promise<string | undefined> {
  if (missing !== undefined) return missing;
  const sandbox = open();
  const cannot = await cannotStart(sandbox);
  await sandbox.close();
  return cannot;
}

/** J3 is J4 but for how memory and processes are counted. */
const hasGroups = levels[0]?.reason === undefined;

for (const { level, reason, open } of levels) {
  const subject = { create: open, onlyNode: level.startsWith('J1') };
  describe.skipIf(reason)(reason ? `${level} (${reason})` : level, () => {
    if (level.startsWith('J3') && hasGroups) limitLaws(suite, subject);
    else sandboxConformance(suite, subject);
  });
}

describe('own-program.ts', () => {
  const holdsNothing = 'the user’s own programs run with the user’s rights';
  sandboxConformance(suite, { create: () => ownProgramSandbox({ scope: scope() }), holdsNothing });
});

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
