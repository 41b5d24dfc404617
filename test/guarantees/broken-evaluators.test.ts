/** Evaluators that misbehave: one clear sentence, no number, nothing left running or lying about. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../../src/core/hash.ts';
import { type CommandOptions, commandEvaluator } from '../../src/evaluators/command.ts';
import type { CaseResult } from '../../src/evaluators/contract.ts';
import { processSandbox } from '../../src/testing/plain-sandbox.ts';
import { smallDisk } from './fixtures/small-disk.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-broken-'));
const work = join(folder, 'work');
const sandbox = processSandbox({ scope: work });
afterAll(() => sandbox.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const evaluatorOf = (body: string, options: Partial<CommandOptions> = {}) =>
  commandEvaluator({
    argv: [
      process.execPath,
      '-e',
      `const fs = require('fs'), env = process.env;
       const { nonce, params } = JSON.parse(fs.readFileSync(env.PACELINE_INSTANCES, 'utf8'));
       const answer = (excess) => fs.writeSync(3, JSON.stringify({ nonce, metrics: { excess } }) + '\\n');
       ${body}`,
    ],
    cwd: folder,
    kind: {
      materialise: (text) => ({ 'candidate.txt': text }),
    },
    metric: 'excess',
    params: {},
    limits: { wallMs: 10_000, outputBytes: 1024 * 1024 },
    sandbox,
    workDirectory: work,
    ...options,
  });

type Broken = ReturnType<typeof evaluatorOf>;

async function measure(evaluator: Broken): Promise<CaseResult | undefined> {
  const request = { candidate: { id: sha256('text'), text: 'text' }, cases: [1] };
  const [measured] = await evaluator.measure([request], new AbortController().signal);
  return measured?.cases[0];
}

/** Field 3 of /proc/pid/stat, `-` where there is no such process. */
function stateOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.charAt(0) ?? '-';
  } catch {
    return '-';
  }
}

test('a daemon that left its process group is ended with the rollout', async () => {
  const pidFile = join(folder, 'daemon.pid');
  const evaluator = evaluatorOf(
    `const { spawn } = require('child_process');
     const far = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { detached: true, stdio: 'ignore' });
     far.unref();
     far.on('spawn', () => { fs.writeFileSync(params.pidFile, String(far.pid)); answer(1); process.exit(0); });`,
    { params: { pidFile } },
  );
  expect(await measure(evaluator)).toEqual({ outcome: 'scored', value: 1 });
  const daemon = Number(readFileSync(pidFile, 'utf8'));
  await expect.poll(() => stateOf(daemon)).toMatch(/^[Z-]$/);
});

test('bytes that are no UTF-8 on the result channel make every case invalid', async () => {
  const evaluator = evaluatorOf('answer(1); fs.writeSync(3, Buffer.from([0xc3, 0x28, 0x0a]));');
  expect(await measure(evaluator)).toEqual({
    outcome: 'invalid',
    message: 'The result channel carried bytes that are not UTF-8. Write the answer in UTF-8.',
  });
});

test('bytes that are no UTF-8 in what it prints are shown as replacement characters', async () => {
  const evaluator = evaluatorOf(
    'fs.writeSync(2, Buffer.from([0x6e, 0x6f, 0xff, 0x0a])); process.exit(4);',
  );
  expect(await measure(evaluator)).toEqual({
    outcome: 'crashed',
    message: 'Ended with exit code 4. Its last line: no\ufffd',
  });
});

const TAMPERING: Readonly<Record<string, readonly [body: string, says: RegExp]>> = {
  'rewrites a file of its own': [
    "fs.writeFileSync(params.own + '/score.mjs', 'export const best = 1;');",
    /score\.mjs was changed/,
  ],
  'rewrites it and sets the time back': [
    `const file = params.own + '/score.mjs', old = fs.statSync(file);
     fs.writeFileSync(file, 'EXPORT'); fs.utimesSync(file, old.atime, old.mtime);`,
    /score\.mjs was changed/,
  ],
  'adds a file': ["fs.writeFileSync(params.own + '/new.mjs', '');", /new\.mjs was added/],
  'removes a file': ["fs.rmSync(params.own + '/score.mjs');", /score\.mjs was removed/],
};

test.each(Object.entries(TAMPERING))(
  'an evaluator that %s is stopped',
  async (name, [body, says]) => {
    const own = join(folder, `own ${name}`);
    mkdirSync(own);
    writeFileSync(join(own, 'score.mjs'), 'export');
    utimesSync(join(own, 'score.mjs'), 1e9, 1e9);
    const options = { params: { own }, ownFiles: [own] };
    expect(await measure(evaluatorOf('answer(1);', options))).toEqual({
      outcome: 'scored',
      value: 1,
    });
    const tampering = measure(evaluatorOf(`${body} answer(1);`, options));
    await expect(tampering).rejects.toMatchObject({
      code: 'EVALUATOR_FAILED',
      message: expect.stringMatching(says),
    });
    expect(readdirSync(work)).toEqual([]);
  },
);

const disk = smallDisk();

test.skipIf(typeof disk === 'string')(
  'an evaluator that fills the disk crashes, and its space is free again',
  async () => {
    if (typeof disk === 'string') return;
    try {
      const workDirectory = join(disk.folder, 'work');
      const fill =
        "for (const page = Buffer.alloc(65536); ; ) fs.appendFileSync(env.PACELINE_CANDIDATE + '/big', page);";
      expect(await measure(evaluatorOf(fill, { workDirectory }))).toMatchObject({
        outcome: 'crashed',
        message: expect.stringMatching(/exit code 1/),
      });
      expect(await measure(evaluatorOf('answer(2);', { workDirectory }))).toEqual({
        outcome: 'scored',
        value: 2,
      });
      disk.fill();
      await expect(measure(evaluatorOf('answer(1);', { workDirectory }))).rejects.toMatchObject({
        code: 'DISK_FAILED',
        message: expect.stringMatching(/The disk is full: free some space, then resume/),
      });
    } finally {
      disk.remove();
    }
  },
);
