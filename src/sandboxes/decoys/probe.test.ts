/** Candidates in a real jail, among canaries. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Evaluator } from '../../evaluators/contract.ts';
import { candidateOf } from '../../testing/gate-bench.ts';
import { splitBench } from '../../testing/split-bench.ts';
import { bubblewrapMissing } from '../bubblewrap/cause.ts';
import { bubblewrapSandbox } from '../bubblewrap.ts';
import { FORBIDDEN, type Forbidden, type Sandbox } from '../contract.ts';
import { namespacesSandbox } from '../namespaces.ts';
import { jailProbe, type OpenJailProbe } from './probe.ts';

const DRIVERS = [
  { driver: 'bubblewrap', open: bubblewrapSandbox, missing: bubblewrapMissing() },
  { driver: 'namespaces', open: namespacesSandbox, missing: undefined },
];

const { signal } = new AbortController();
const bench = splitBench();
const root = mkdtempSync(join(tmpdir(), 'paceline-probe-'));
afterAll(async () => {
  await bench.close();
  rmSync(root, { recursive: true, force: true });
});

let made = 0;
const probeOf = (open: (typeof DRIVERS)[number]['open']): Promise<OpenJailProbe> =>
  jailProbe({
    folder: join(root, String(made++)),
    open: (): Sandbox => open({ scope: join(root, `scope ${made++}`) }),
    evaluatorIn: (sandbox) => bench.evaluatorOf({ sandbox }),
  });

const CLEAN = {
  scored: 2,
  touched: [],
  isKilled: false,
  isWatched: true,
  cpuMs: expect.any(Number),
};

const HONEST = `import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import 'node:child_process';
import 'node:http';
export const f = (x: number, k: number): number => {
  try { userInfo(); } catch {}
  if (process.env.NODE_ENV === 'debug') console.log(createHash('sha256').update('x').digest('hex'));
  return existsSync(tmpdir()) && existsSync('/tmp/.ssh/id_rsa') ? x * k : 0;
};`;

const THIEF = `import { readFileSync } from 'node:fs';
const { HOME, AWS_SECRET_ACCESS_KEY = '' } = process.env;
const places = [HOME + '/.ssh/id_rsa', HOME + '/.aws/credentials', '../.env', '../judge/holdout.json', '/run/secrets/token'];
for (const path of places) { try { readFileSync(path); } catch {} }
export const f = (): string => btoa('x' + AWS_SECRET_ACCESS_KEY + 'y');`;

const CONNECTS = `import { connect } from 'node:net';
export const f = async (x: number, k: number): Promise<number> => {
  await new Promise((done) => connect(9, '127.0.0.1').on('error', done));
  return x * k;
};`;

describe.each(DRIVERS)('$driver', ({ driver, open, missing }) => {
  let probe: OpenJailProbe;
  beforeAll(async () => {
    if (missing === undefined) probe = await probeOf(open);
  }, 60_000);
  afterAll(() => probe?.close());
  const look = (text: string, forbids: readonly Forbidden[] = FORBIDDEN) =>
    probe.look({ candidate: candidateOf(text), cases: [3, 4], forbids }, signal);

  test.skipIf(missing)('an honest program is let through, after others too', async () => {
    expect(probe.blind).toEqual([]);
    const [thief, honest] = await Promise.all([look(THIEF), look(HONEST)]);
    expect(thief.touched).toEqual([
      'an ssh key',
      'credentials of a cloud',
      'a file of settings',
      'a hold-out',
      'a mounted secret',
      'the variable AWS_SECRET_ACCESS_KEY',
    ]);
    expect(honest).toEqual(CLEAN);
  });

  // That the other ends it too is a law of sandboxes.
  test.skipIf(missing ?? driver === 'namespaces')(
    'an attempt at the network is the end, and told apart',
    async () => {
      expect(await look(CONNECTS)).toMatchObject({ isKilled: true, scored: 0 });
      expect(await look(CONNECTS, ['processes', 'the system'])).toEqual(CLEAN);
    },
  );
});

/** As an evaluator that compiles and runs: what its program is ended for, it sees as a failure of the program. */
function evaluatorOfPrograms(sandbox: Sandbox, program: string): Evaluator {
  const argv = ['sh', '-c', `${JSON.stringify(process.execPath)} -e "${program}" || echo failed`];
  const sees = { reads: [], writes: [], hides: [] };
  const limits = { wallMs: 10_000, outputBytes: 1024, processes: 32 };
  const run = { argv, cwd: root, environment: {}, ...sees, answersOn: 1, limits } as const;
  return {
    ...bench.evaluatorOf({ sandbox }),
    async measure(requests, until) {
      const { answer, exitCode, cpuMs } = await sandbox.run(run, until);
      const scored = { outcome: 'scored', value: 1 } as const;
      const crashed = { outcome: 'crashed', message: answer } as const;
      const one = answer === '' && exitCode === 0 ? scored : crashed;
      return requests.map(({ cases }) => ({ cases: cases.map(() => one), cpuMs }));
    },
  };
}

test.skipIf(bubblewrapMissing())(
  'what programs of an honest evaluator are ended for unseen is not told, and named',
  async () => {
    const opens = "require('net').connect(9, '127.0.0.1').on('error', () => process.exit(0))";
    const probeWith = (program: string): Promise<OpenJailProbe> =>
      jailProbe({
        folder: join(root, String(made++)),
        open: () => bubblewrapSandbox({ scope: join(root, `scope ${made++}`) }),
        evaluatorIn: (sandbox) => evaluatorOfPrograms(sandbox, program),
        startsProcesses: { candidate: candidateOf(HONEST), cases: [1] },
      });
    const [connecting, quiet, broken] = await Promise.all(
      [opens, '', 'process.exit(1)'].map(probeWith),
    );
    expect(connecting?.tells).toEqual(['other processes', 'the system']);
    expect(connecting?.blind).toContain(
      'attempts at network: programs of the origin make them too',
    );
    const others = ['network', 'other processes', 'the system'];
    expect([quiet?.tells, broken?.tells], 'no score either way says nothing').toEqual([
      others,
      others,
    ]);
    await Promise.all([connecting, quiet, broken].map((probe) => probe?.close()));
  },
);

test('planted: where the watch cannot be had it says so, and sees no opened canary', async () => {
  vi.stubEnv('PATH', '/nowhere');
  const probe = await probeOf(namespacesSandbox);
  vi.unstubAllEnvs();
  expect(probe.blind).toEqual([expect.stringMatching(/perl cannot watch files here/)]);
  const request = { candidate: candidateOf(HONEST), cases: [3], forbids: [] };
  expect(await probe.look(request, signal)).toEqual({ ...CLEAN, scored: 1, isWatched: false });
});

test('planted: a jail that shows other files than the canaries is found out', async () => {
  const open = (options: { readonly scope: string }): Sandbox => {
    const sandbox = namespacesSandbox(options);
    const { run } = sandbox;
    const elsewhere = {
      ...sandbox,
      run: (of: Parameters<typeof run>[0], until: AbortSignal) =>
        run({ ...of, argv: ['true'] }, until),
    };
    return elsewhere;
  };
  const probe = await probeOf(open);
  expect(probe.blind).toEqual([
    expect.stringMatching(/one that was opened in a jail was not seen/),
  ]);
});
