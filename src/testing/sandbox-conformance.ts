/** The promises of the sandbox contract as tests, for every driver, ours and yours. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertGone, processesNamed } from './processes.ts';
import { law, node, type SandboxSubject, sh } from './sandbox-bench.ts';
import { channelLaws } from './sandbox-channel.ts';
import { killLaw } from './sandbox-kills.ts';
import { limitLaws } from './sandbox-limits.ts';
import { hostnameLaw, shownLaw } from './sandbox-shown.ts';
import { talkLaws } from './sandbox-talk.ts';
import type { Suite } from './suite.ts';

export type { SandboxSubject };

/** Programs are node -e and shell scripts: on every machine that can run the tests. */
export function sandboxConformance(suite: Suite, subject: SandboxSubject): void {
  inputLaws(suite, subject);
  stdinLaw(suite, subject);
  if (subject.holdsNothing === undefined) {
    viewLaw(suite, subject);
    folderLaws(suite, subject);
    shownLaw(suite, subject);
  } else suite.skip('what it sees, and what becomes of its folder', subject.holdsNothing);
  hostnameLaw(suite, subject);
  endLaws(suite, subject);
  cpuLaw(suite, subject);
  descentLaws(suite, subject);
  stopLaws(suite, subject);
  limitLaws(suite, subject);
  talkLaws(suite, subject);
  channelLaws(suite, subject);
  coreLaw(suite, subject);
  killLaw(suite, subject);
}

function inputLaws(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'arguments arrive as they are: no shell reads them',
    async ({ run }) => {
      const hostile = '$(touch was-run); `touch was-run` & touch was-run #\n*';
      const print = 'console.log(process.argv[1] + require("fs").existsSync("was-run"))';
      const end = await run([...node(print), hostile]);
      assert.equal(end.answer, `${hostile}false\n`);
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

function stdinLaw(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'standard input is what the run names, to its end, read or not',
    async ({ run }) => {
      const input = new TextEncoder().encode(`${'x'.repeat(1_000_000)}\0\u00e9\n`);
      const hash = 'require("crypto").createHash("sha256").update(require("fs").readFileSync(0))';
      const told = await run(node(`console.log(${hash}.digest("hex"))`), { input });
      assert.equal(told.answer, `${createHash('sha256').update(input).digest('hex')}\n`);
      assert.equal((await run(node('console.log("deaf")'), { input })).answer, 'deaf\n');
    },
  ]);
}

/** Every step is tried by the program itself, which says how each went. */
const LOOK = `
const fs = require('fs'), [, shown, work] = process.argv;
const tried = (act) => { try { return String(act()); } catch (error) { return error.code; } };
console.log(JSON.stringify([
  tried(() => fs.readFileSync(shown + '/open', 'utf8')),
  tried(() => fs.readFileSync(shown + '/hidden file', 'utf8')),
  tried(() => fs.readFileSync(shown + '/hidden folder/secret', 'utf8')),
  tried(() => fs.readFileSync(shown + '/behind a link', 'utf8')),
  tried(() => fs.writeFileSync(shown + '/written', 'x')),
  tried(() => fs.readFileSync(shown + '/../not shown', 'utf8')),
  tried(() => fs.writeFileSync(work + '/written', 'x')),
]));`;

function viewLaw(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'what is shown is read and not written, what is hidden is not read, whoever may pass the folders above',
    async ({ run, folder }) => {
      // Nobody but its owner may pass here.
      const above = mkdtempSync(join(tmpdir(), 'paceline-view-'));
      const shown = join(above, 'shown');
      mkdirSync(join(shown, 'hidden folder'), { recursive: true });
      for (const name of [
        'open',
        'hidden file',
        'hidden folder/secret',
        'behind a link',
        '../not shown',
      ]) {
        writeFileSync(join(shown, name), name);
      }
      symlinkSync(join(shown, 'behind a link'), join(shown, 'hidden link'));
      symlinkSync(join(above, 'not shown'), join(shown, 'link out'));
      const hides = ['hidden file', 'hidden folder', 'hidden link', 'link out', 'not there'].map(
        (name) => join(shown, name),
      );
      try {
        const end = await run([...node(LOOK), shown, folder], { reads: [shown], hides });
        assert.equal(end.exitCode, 0, end.evidence);
        const [open, file, secret, linked, write, beside, work] = JSON.parse(
          end.answer,
        ) as string[];
        assert.deepEqual([open, work], ['open', 'undefined']);
        assert.notEqual(file, 'hidden file');
        assert.match(secret ?? '', /^E/);
        assert.notEqual(linked, 'behind a link');
        assert.match(write ?? '', /^E/);
        assert.match(beside ?? '', /^E/);
        assert.deepEqual(readdirSync(shown).sort(), [
          'behind a link',
          'hidden file',
          'hidden folder',
          'hidden link',
          'link out',
          'open',
        ]);
      } finally {
        rmSync(above, { recursive: true });
      }
    },
  ]);
}

/** A folder closed to us, a path longer than we may name, and both are still there when it ends. */
const CLUTTER = `
const fs = require('fs'), long = 'n'.repeat(250);
fs.mkdirSync('closed');
fs.writeFileSync('closed/x', 'x');
fs.chmodSync('closed', 0o444);
for (let i = 0; i < 20; i++) { fs.mkdirSync(long); process.chdir(long); }
setTimeout(() => console.log('done'), 300);`;

function folderLaws(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'in its folder lies what was put there, and what is fixed in it is read',
    async ({ run, folder }) => {
      const fixed = join(folder, 'part', 'fixed');
      mkdirSync(join(folder, 'part', 'empty'), { recursive: true });
      for (const path of [join(folder, 'part', 'given'), fixed]) writeFileSync(path, 'text');
      writeFileSync(join(folder, 'tool'), '#!/bin/sh\ncat part/link', { mode: 0o755 });
      symlinkSync('given', join(folder, 'part', 'link'));
      const script = './tool; ls part; echo more >> part/given && echo more >> part/fixed';
      const end = await run(sh(script), { reads: [fixed] });
      assert.equal(end.answer, 'textempty\nfixed\ngiven\nlink\n', end.evidence);
      assert.notEqual(end.exitCode, 0);
      assert.match(end.evidence, /create part\/fixed: /);
    },
    'shell',
  ]);
  law(suite, subject, [
    'what it makes of its folder stops nobody and can be removed',
    async ({ run, folder }) => {
      writeFileSync(join(folder, 'given'), 'given');
      const end = await run(
        node(`console.log(require('fs').readFileSync('given', 'utf8'));${CLUTTER}`),
      );
      assert.equal(end.answer, 'given\ndone\n', end.evidence);
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
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
}

function cpuLaw(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'the CPU time it used is counted, children included',
    async ({ run }) => {
      // Asking for the time is the kernel's time, not the user's: both are counted.
      const burn =
        'const used = () => { const { user, system } = process.cpuUsage(); return user + system; }; const end = used() + 4e5; while (used() < end) for (let i = 0; i < 1e6; i++);';
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
      const work = run(sh(`${running.script} wait`), { limits: { wallMs: 1000 } });
      const pids = await untilThree(running);
      assert.equal((await work).ended, 'timeout');
      await assertGone(pids);
    },
    'shell',
  ]);
}

function stopLaws(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'an abort while it is being started ends it too',
    async ({ run }) => {
      const abort = new AbortController();
      const work = run(sh('sleep 30'), { signal: abort.signal });
      abort.abort();
      assert.equal((await work).ended, 'aborted');
    },
    'shell',
  ]);
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
