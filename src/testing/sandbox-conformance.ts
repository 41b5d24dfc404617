/** The promises of the sandbox contract as tests, for every driver, ours and yours. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import type { Awaitable } from '../core/json.ts';
import type { Limits, Run, RunEnd, Sandbox } from '../sandboxes/contract.ts';
import { assertGone, processesNamed } from './processes.ts';
import type { Suite } from './suite.ts';

export interface SandboxSubject {
  /** Each with a scope of its own. */
  readonly create: () => Awaitable<Sandbox>;
  /** It runs nothing else: laws that need a shell are skipped. */
  readonly onlyNode?: boolean;
}

/** Generous for a busy machine: what is to end by something else must not end by this. */
const WALL_MS = 20_000;
const NEVER = new AbortController().signal;
const MIB = 1024 * 1024;

/** Programs are node -e and shell scripts: on every machine that can run the tests. */
export function sandboxConformance(suite: Suite, subject: SandboxSubject): void {
  inputLaws(suite, subject);
  endLaws(suite, subject);
  descentLaws(suite, subject);
  stopLaws(suite, subject);
  limitLaws(suite, subject);
  coreLaw(suite, subject);
}

interface Bench {
  readonly sandbox: Sandbox;
  readonly folder: string;
  run(argv: readonly string[], more?: More): Promise<RunEnd>;
}
interface More extends Partial<Omit<Run, 'limits'>> {
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
}

/** Most programs here start others; a driver without a limit of processes lets them. */
function others({ traits }: Sandbox): Partial<Limits> {
  return 'how' in traits.enforces.processes ? { processes: 16 } : {};
}

const sh = (script: string): readonly string[] => ['sh', '-c', script];
const node = (script: string): readonly string[] => [process.execPath, '-e', script];

type Law = readonly [string, (bench: Bench) => Promise<void>, ('shell' | undefined)?];

function law(suite: Suite, { create, onlyNode }: SandboxSubject, [name, body, needs]: Law): void {
  if (onlyNode && needs === 'shell') {
    suite.skip(name, 'it runs nothing but Node');
    return;
  }
  suite.test(name, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'paceline-sandbox-'));
    const sandbox = await create();
    const run: Bench['run'] = (argv, { limits = {}, signal = NEVER, ...more } = {}) =>
      sandbox.run(
        {
          argv,
          cwd: folder,
          environment: {},
          reads: [],
          writes: [folder],
          hides: [],
          answersOn: 1,
          ...more,
          limits: { ...others(sandbox), wallMs: WALL_MS, outputBytes: MIB, ...limits },
        },
        signal,
      );
    try {
      await body({ sandbox, folder, run });
    } finally {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function inputLaws(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'arguments arrive as they are: no shell reads them',
    async ({ run, folder }) => {
      const hostile = '$(touch was-run); `touch was-run` & touch was-run #\n*';
      const end = await run([...node('process.stdout.write(process.argv[1])'), hostile]);
      assert.equal(end.answer, hostile);
      assert.equal(existsSync(join(folder, 'was-run')), false);
    },
  ]);
  law(suite, subject, [
    'the environment is PATH, the driver’s own and what is named; standard input is empty',
    async ({ run }) => {
      process.env['PACELINE_TEST_SECRET'] = 'ours';
      try {
        const printed = node('console.log(Object.keys(process.env).join())');
        const end = await run(printed, { environment: { NAMED: 'yes' } });
        const names = end.answer.trim().split(',');
        const own = new Set(['PACELINE_RUN', 'PWD', 'HOME']);
        assert.deepEqual(names.filter((name) => !own.has(name)).sort(), ['NAMED', 'PATH']);
      } finally {
        delete process.env['PACELINE_TEST_SECRET'];
      }
      const read = node('console.log(require("fs").readFileSync(0).length)');
      assert.equal((await run(read)).answer, '0\n');
    },
  ]);
  law(suite, subject, [
    'what is printed beside the answer is evidence, its last part',
    async ({ run }) => {
      const script =
        'for i in 1 2 3 4 5 6 7 8 9 10 11 12; do printf "%01000d" 0; done; echo; echo last >&2; echo 7 >&3';
      const end = await run(sh(script), { answersOn: 3 });
      assert.equal(end.answer, '7\n');
      assert.match(end.evidence, /last/);
      assert.ok(end.evidence.length <= 8192);
    },
    'shell',
  ]);
  law(suite, subject, [
    'bytes that are no UTF-8 become replacement characters',
    async ({ run }) => {
      const end = await run(sh("printf 'a\\377b'; printf '\\303(' >&2"));
      assert.equal(end.answer, 'a\ufffdb');
      assert.equal(end.evidence, '\ufffd(');
    },
    'shell',
  ]);
}

function endLaws(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'five ends have five sentences',
    async ({ run }) => {
      const idle = 'setInterval(() => 0, 1000);';
      const exit = await run(node('process.exit(3)'));
      const signal = await run(node(`process.kill(process.pid, 'SIGTERM'); ${idle}`));
      const timeout = await run(node(idle), { limits: { wallMs: 400 } });
      const loud = node(`process.stdout.write('x'.repeat(1000)); ${idle}`);
      const overflow = await run(loud, { limits: { outputBytes: 99 } });
      const refused = await run(['no-such-program-here']);
      const ends = [exit, signal, timeout, overflow, refused];
      assert.deepEqual(
        ends.map(({ ended }) => ended),
        ['exit', 'signal', 'timeout', 'overflow', 'refused'],
      );
      assert.equal(new Set(ends.map(({ says }) => says)).size, 5);
      for (const { says } of ends) assert.match(says, /^[^\n]+\.$/);
      assert.equal(exit.exitCode, 3);
      assert.equal(signal.signal, 'SIGTERM');
      assert.equal(refused.code, 'ENOENT');
    },
  ]);
  law(suite, subject, [
    'an answer of exactly the cap is whole, one byte more is too much',
    async ({ run }) => {
      const limits = { outputBytes: 1000 };
      const print = (bytes: number) => node(`process.stdout.write('x'.repeat(${bytes}))`);
      assert.equal((await run(print(1000), { limits })).answer.length, 1000);
      assert.equal((await run(print(1001), { limits })).ended, 'overflow');
    },
  ]);
  law(suite, subject, [
    'a folder that is not there, or a file that is no program, is refused with its code',
    async ({ run, folder }) => {
      const nowhere = await run(sh('true'), { cwd: join(folder, 'nowhere') });
      assert.deepEqual([nowhere.ended, nowhere.code], ['refused', 'ENOENT']);
      const plain = await run(['/etc/passwd']);
      assert.deepEqual([plain.ended, plain.code], ['refused', 'EACCES']);
    },
    'shell',
  ]);
  law(suite, subject, [
    'the CPU time it used is counted, children included',
    async ({ run }) => {
      const burn =
        'const end = process.cpuUsage().user + 4e5; while (process.cpuUsage().user < end);';
      const script = `require('child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(burn)}])`;
      const { cpuMs } = await run(node(script));
      // Where it is known from looking at it alone, the last moments are not.
      assert.ok(cpuMs >= 300, `${cpuMs} ms`);
    },
    'shell',
  ]);
}

/** A child, a grandchild that left the group with a session of its own, and a daemon. */
interface Family {
  /** The script that starts them, after which all three run. */
  readonly script: string;
  /** Process ids outside: a jail counts its own. */
  pids(): readonly number[];
}

let families = 0;

function family(folder: string): Family {
  // How long they sleep is their name.
  const name = `${process.pid}${families++}`;
  const script = `
sleep 61.${name} & echo >> started
setsid sh -c 'echo >> started; exec sleep 62.${name}' &
(setsid sh -c '(echo >> started; exec sleep 63.${name}) &')
while [ $(wc -l < started) -lt 3 ]; do sleep 0.01; done
`;
  assert.equal(existsSync(join(folder, 'started')), false);
  return { script, pids: () => processesNamed(new RegExp(`^sleep\\0\\d+\\.${name}\\0`)) };
}

async function untilThree(running: Family): Promise<readonly number[]> {
  for (let i = 0; i < 1000 && running.pids().length < 3; i++) await pause();
  const pids = running.pids();
  assert.equal(pids.length, 3, 'child, grandchild and daemon run');
  return pids;
}

function descentLaws(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'fork and exit: what a run leaves behind neither delays its end nor survives it',
    async ({ run, folder }) => {
      const { script, pids } = family(folder);
      const end = await run(sh(`${script} echo done`));
      assert.deepEqual([end.ended, end.answer], ['exit', 'done\n']);
      await assertGone(pids());
    },
    'shell',
  ]);
  law(suite, subject, [
    'a limit ends grandchildren and daemons too',
    async ({ run, folder }) => {
      const running = family(folder);
      const work = run(sh(`${running.script} wait`), { limits: { wallMs: 1500 } });
      const pids = await untilThree(running);
      assert.equal((await work).ended, 'timeout');
      await assertGone(pids);
    },
    'shell',
  ]);
}

function stopLaws(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'an abort ends them',
    async ({ run, folder }) => {
      const abort = new AbortController();
      const running = family(folder);
      const work = run(sh(`${running.script} wait`), { signal: abort.signal });
      const pids = await untilThree(running);
      abort.abort();
      assert.equal((await work).ended, 'aborted');
      await assertGone(pids);
      assert.equal((await run(sh('echo no'), { signal: abort.signal })).ended, 'aborted');
    },
    'shell',
  ]);
  law(suite, subject, [
    'closing ends them, and closing twice is harmless',
    async ({ run, folder, sandbox }) => {
      const running = family(folder);
      const work = run(sh(`${running.script} wait`));
      const pids = await untilThree(running);
      await sandbox.close();
      assert.equal((await work).ended, 'aborted');
      await assertGone(pids);
      await sandbox.close();
    },
    'shell',
  ]);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}

interface Breach {
  readonly limit: keyof Limits;
  readonly limits: Partial<Limits>;
  readonly argv: readonly string[];
  /** The ends that keep the limit; the kernel's own caps may leave the program to end itself. */
  readonly ends: readonly RunEnd['ended'][];
  readonly needs?: 'shell' | undefined;
}

const HOARD = 'const kept = []; setInterval(() => kept.push(Buffer.alloc(4e6, 1)), 1);';
const BREACHES: Readonly<Record<string, Breach>> = {
  'a loop': {
    limit: 'cpuMs',
    limits: { cpuMs: 300 },
    argv: node('for (;;);'),
    ends: ['over-cpu'],
  },
  'two children that share the work': {
    limit: 'cpuMs',
    limits: { cpuMs: 400 },
    argv: sh('(while :; do :; done) & (while :; do :; done) & wait'),
    needs: 'shell',
    ends: ['over-cpu'],
  },
  'a hoard of memory': {
    limit: 'memoryBytes',
    limits: { memoryBytes: 150 * MIB },
    argv: node(HOARD),
    // Where the kernel refuses more, the program ends itself.
    ends: ['over-memory', 'exit', 'signal'],
  },
  'two children that hoard half of it each': {
    limit: 'memoryBytes',
    limits: { memoryBytes: 200 * MIB },
    argv: node(
      `const { spawn } = require('child_process');
       const half = 'const kept = Buffer.alloc(120e6, 1); setInterval(() => kept, 1000)';
       for (let i = 0; i < 2; i++) spawn(process.execPath, ['-e', half]);`,
    ),
    needs: 'shell',
    ends: ['over-memory'],
  },
  'a file that grows': {
    limit: 'fileBytes',
    limits: { fileBytes: 100_000 },
    argv: sh('exec cat /dev/zero > big'),
    needs: 'shell',
    ends: ['over-file'],
  },
  'many files that grow': {
    limit: 'diskBytes',
    limits: { diskBytes: 8 * MIB },
    argv: node(
      'const { writeFileSync } = require("fs"); const part = Buffer.alloc(1e6); let i = 0; setInterval(() => writeFileSync(`part${i++}`, part), 5)',
    ),
    ends: ['over-disk'],
  },
};

function limitLaws(suite: Suite, subject: SandboxSubject): void {
  for (const [name, breach] of Object.entries(BREACHES)) {
    law(suite, subject, [
      `${breach.limit} ends ${name}, or is refused`,
      async (bench) => {
        if ('unenforced' in bench.sandbox.traits.enforces[breach.limit]) {
          return assertRefused(bench, breach.limits);
        }
        const end = await bench.run(breach.argv, { limits: breach.limits });
        assert.ok(breach.ends.includes(end.ended), `ended by ${end.ended}: ${end.evidence}`);
        assert.notEqual(end.exitCode, 0);
        const big = join(bench.folder, 'big');
        if (existsSync(big)) assert.ok(statSync(big).size <= 100_000);
      },
      breach.needs,
    ]);
  }
  law(suite, subject, [
    'what stays below its limits is not touched',
    async ({ run, sandbox }) => {
      const all = { cpuMs: 10_000, memoryBytes: 1024 * MIB, fileBytes: MIB };
      const kept = Object.entries(all).filter(
        ([limit]) => 'how' in sandbox.traits.enforces[limit as keyof Limits],
      );
      const script = 'require("fs").writeFileSync("small", "x".repeat(1000)); console.log("fine")';
      const end = await run(node(script), { limits: Object.fromEntries(kept) });
      assert.deepEqual([end.ended, end.exitCode, end.answer], ['exit', 0, 'fine\n']);
    },
    'shell',
  ]);
  law(suite, subject, [
    'a limit that cannot be enforced is refused, never ignored',
    async (bench) => {
      for (const [limit, enforcement] of Object.entries(bench.sandbox.traits.enforces)) {
        if ('how' in enforcement) assert.match(enforcement.how, /\S/);
        else await assertRefused(bench, { [limit]: 1 });
      }
    },
  ]);
}

async function assertRefused({ run, sandbox }: Bench, limits: Partial<Limits>): Promise<void> {
  const isRefusal = (error: unknown): boolean =>
    PacelineError.is(error) && error.code === 'CONFIG_INVALID';
  assert.throws(() => sandbox.check({ wallMs: 1, outputBytes: 1, ...limits }), isRefusal);
  await assert.rejects(run(node('0'), { limits }), isRefusal);
}

function coreLaw(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'a run held to one core sees that core only, or the traits say why not',
    async ({ run, sandbox }) => {
      const cores = 'grep Cpus_allowed_list /proc/self/status';
      const end = await run(sh(cores), { oneCore: true });
      const allowed = /^Cpus_allowed_list:\s*(\S+)/.exec(end.answer)?.[1] ?? '';
      const { oneCore } = sandbox.traits;
      if ('unenforced' in oneCore) return assert.match(oneCore.unenforced, /\S/);
      assert.match(allowed, /^\d+$/);
      assert.match(oneCore.how, new RegExp(`\\b${allowed}\\b`));
    },
    'shell',
  ]);
}
