/** Each limit is kept or refused, and what stays below it is left alone. */
import assert from 'node:assert/strict';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import type { Limits, RunEnd } from '../sandboxes/contract.ts';
import { type Bench, law, node, type SandboxSubject, sh } from './sandbox-bench.ts';
import type { Suite } from './suite.ts';

const MIB = 1024 * 1024;

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
    // Where the kernel has no room for more, the program may end itself first.
    ends: ['over-disk', 'exit'],
  },
  'files without content': {
    limit: 'diskBytes',
    limits: { diskBytes: 8 * MIB },
    argv: node(
      'const fs = require("fs"); for (let i = 0; i < 60_000; i++) fs.writeFileSync(`empty${i}`, "")',
    ),
    ends: ['over-disk', 'exit'],
  },
  'a deleted file that grows': {
    limit: 'diskBytes',
    limits: { diskBytes: 8 * MIB },
    argv: node(
      'const fs = require("fs"); const fd = fs.openSync("big", "w"); fs.unlinkSync("big"); const part = Buffer.alloc(1e6); for (let i = 0; i < 50; i++) fs.writeSync(fd, part)',
    ),
    needs: 'shell',
    ends: ['over-disk', 'exit'],
  },
};

export function limitLaws(suite: Suite, subject: SandboxSubject): void {
  allowanceLaws(suite, subject);
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
    'a limit that cannot be enforced is refused, never ignored',
    async (bench) => {
      for (const [limit, enforcement] of Object.entries(bench.sandbox.traits.enforces)) {
        if ('how' in enforcement) assert.match(enforcement.how, /\S/);
        else await assertRefused(bench, { [limit]: 1 });
      }
    },
  ]);
}

function allowanceLaws(suite: Suite, subject: SandboxSubject): void {
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
    'a limit on files is on those a program writes, not on those it is given',
    async ({ run, sandbox, folder }) => {
      if ('unenforced' in sandbox.traits.enforces.fileBytes) return;
      writeFileSync(join(folder, 'given'), 'x'.repeat(5000));
      const script = 'console.log(require("fs").readFileSync("given", "utf8").length)';
      const end = await run(node(script), { limits: { fileBytes: 0 } });
      assert.deepEqual([end.ended, end.exitCode, end.answer], ['exit', 0, '5000\n']);
    },
    'shell',
  ]);
}

async function assertRefused({ run, sandbox }: Bench, limits: Partial<Limits>): Promise<void> {
  const isRefusal = (error: unknown): boolean =>
    PacelineError.is(error) && error.code === 'CONFIG_INVALID';
  assert.throws(() => sandbox.check({ wallMs: 1, outputBytes: 1, ...limits }), isRefusal);
  await assert.rejects(run(node('0'), { limits }), isRefusal);
}
