import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import type { TaskKind } from '../tasks/contract.ts';
import { processSandbox } from '../testing/plain-sandbox.ts';
import type { CommandOptions } from './command.ts';
import { commandEvaluator } from './command.ts';
import type { CaseResult } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const workDirectory = join(folder, 'work');
const sandbox = processSandbox({ scope: workDirectory });
afterAll(() => sandbox.close());
const limits = { wallMs: 10_000, outputBytes: 1024 * 1024 };
const NEVER = new AbortController().signal;
const FIXTURE = join(import.meta.dirname, '../../test/conformance/fixtures/faulty-evaluator.mjs');

const kindOf = (materialise: TaskKind['materialise']) => ({ materialise });

async function measure(
  options: Partial<CommandOptions>,
  cases: readonly number[] = [1, 2],
): Promise<readonly CaseResult[]> {
  const evaluator = commandEvaluator({
    argv: [process.execPath, FIXTURE],
    cwd: folder,
    kind: kindOf((text) => ({ 'candidate.txt': text })),
    metric: 'excess',
    params: {},
    limits,
    sandbox,
    workDirectory,
    ...options,
  });
  const candidate = { id: sha256('text'), text: 'text' };
  const measured = await evaluator.measure([{ candidate, cases }], NEVER);
  await evaluator.close();
  return measured[0]?.cases ?? [];
}

const evaluatorOf = (body: string): Partial<CommandOptions> => ({
  argv: [process.execPath, '-e', body],
});

test('the environment holds six names, and no folder is left afterwards', async () => {
  const [result] = await measure({ params: { fault: 'environment' } }, [1]);
  expect(result).toEqual({ outcome: 'scored', value: 6 });
  expect(readdirSync(workDirectory)).toEqual([]);
});

test('METRIC lines are an answer, standard output never is', async () => {
  expect(await measure({ params: { fault: 'metric' } }, [1])).toEqual([
    { outcome: 'scored', value: 2.5 },
  ]);
});

test('the generator decides the instance, the evaluator sees seed, params and instance', async () => {
  const seen = join(folder, 'seen.json');
  const copy = `require('fs').copyFileSync(process.env.PACELINE_INSTANCES, ${JSON.stringify(seen)})`;
  const generator = [
    process.execPath,
    '-e',
    'for (const seed of process.env.PACELINE_SEEDS.split(",")) console.log(`{"items":[${seed}]}`)',
  ];
  await measure({ ...evaluatorOf(copy), generator, params: { size: 'small' } }, [7, 8]);
  expect(JSON.parse(readFileSync(seen, 'utf8'))).toEqual({
    nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
    params: { size: 'small' },
    cases: [
      { index: 0, seed: 7, instance: { items: [7] } },
      { index: 1, seed: 8, instance: { items: [8] } },
    ],
  });
});

test('each end has its own sentence, without control characters', async () => {
  const messageOf = async (body: string, options: Partial<CommandOptions> = {}) => {
    const [result] = await measure({ ...evaluatorOf(body), ...options });
    return result?.outcome === 'scored' ? result.value : `${result?.outcome}: ${result?.message}`;
  };
  expect(await messageOf('console.error("\\u001b[2Jno data"); process.exit(9)')).toBe(
    'crashed: Ended with exit code 9. Its last line: [2Jno data',
  );
  expect(await messageOf('console.log("no data")')).toBe(
    'invalid: The evaluator ended without an answer for case 0. Its last line: no data',
  );
  expect(await messageOf('console.log("METRIC value=1 nonce=x")')).toMatch(
    /without an answer for case 0\. It printed one, .*PACELINE_RESULT_FD names\.$/,
  );
  expect(await messageOf('console.log(JSON.stringify({ metrics: { value: 1 } }))')).toMatch(
    /It printed one/,
  );
  expect(await messageOf('process.kill(process.pid, "SIGTERM")')).toBe(
    'crashed: Ended by SIGTERM. It printed nothing.',
  );
  expect(await messageOf('for (;;);', { limits: { ...limits, wallMs: 300 } })).toBe(
    'timeout: Still running after 300 ms; the process and its children were killed. It printed nothing.',
  );
  expect(
    await messageOf('require("fs").writeSync(3, "x".repeat(99))', {
      limits: { ...limits, outputBytes: 98 },
    }),
  ).toBe('invalid: The answer is longer than 98b; the process was killed.');
  expect(
    await messageOf('require("fs").writeSync(3, "x".repeat(98))', {
      limits: { ...limits, outputBytes: 98 },
    }),
  ).toContain('invalid: The result channel carried');
});

test('a child left behind neither delays the answer nor survives it', async () => {
  const pidFile = join(folder, 'left.json');
  const [result] = await measure({ params: { fault: 'leave-child', pidFile } }, [1]);
  expect(result).toEqual({ outcome: 'scored', value: 1 });
  const [, child] = JSON.parse(readFileSync(pidFile, 'utf8')) as [number, number];
  await expect.poll(() => stateOf(child)).toMatch(/^[Z-]$/);
});

/** Field 3 of /proc/pid/stat, `-` where there is no such process. */
function stateOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.charAt(0) ?? '-';
  } catch {
    return '-';
  }
}

test('a program or folder that is not there stops the study and says what to do', async () => {
  const absent = { code: 'EVALUATOR_FAILED', message: expect.stringContaining('no-such-program') };
  await expect(measure({ argv: ['no-such-program', 'x'] })).rejects.toMatchObject(absent);
  const noFolder = { code: 'EVALUATOR_FAILED', message: expect.stringContaining('no-such-folder') };
  await expect(measure({ cwd: join(folder, 'no-such-folder') })).rejects.toMatchObject(noFolder);
  writeFileSync(join(folder, 'plain-file'), '');
  const blocked = { workDirectory: join(folder, 'plain-file') };
  await expect(measure(blocked)).rejects.toMatchObject({ code: 'EVALUATOR_FAILED' });
});

test.each(['../outside.txt', '/etc/outside.txt', '.', 'a\0b'])(
  'a candidate file named %j is refused before anything is written',
  async (name) => {
    const outcomes = await measure({ kind: kindOf(() => ({ [name]: 'x' })) });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['invalid', 'invalid']);
    expect(readdirSync(workDirectory)).toEqual([]);
  },
);

test('no case, no process', async () => {
  expect(await measure({ argv: ['no-such-program'] }, [])).toEqual([]);
});

const ANSWER = `const { writeSync, readFileSync, writeFileSync } = require('fs');
  const { nonce, cases } = JSON.parse(readFileSync(process.env.PACELINE_INSTANCES, 'utf8'));
  const answer = (value) => writeSync(Number(process.env.PACELINE_RESULT_FD),
    cases.map(({ index }) => JSON.stringify({ nonce, index, metrics: { excess: value } }) + '\\n').join(''));`;

test('it may start beside the candidate and what is included; neither is the original', async () => {
  const original = join(folder, 'shared.txt');
  writeFileSync(original, '4');
  const beside = [{ name: 'lib/shared.txt', path: original }];
  const body = `${ANSWER}
    const { statSync, chmodSync } = require('fs');
    const mode = statSync('lib/shared.txt').mode & 0o777;
    const value = Number(readFileSync('lib/shared.txt', 'utf8')) + readFileSync('candidate.txt', 'utf8').length;
    chmodSync('lib/shared.txt', 0o666);
    writeFileSync('lib/shared.txt', '100');
    writeFileSync('candidate.txt', 'longer than before');
    answer(mode === 0o444 ? value : -1);`;
  for (const _ of [1, 2]) {
    const results = await measure({ ...evaluatorOf(body), startIn: 'candidate', beside }, [1]);
    expect(results).toEqual([{ outcome: 'scored', value: 8 }]);
  }
  expect(readFileSync(original, 'utf8')).toBe('4');
});

test('a candidate with a file of its own in the place of an included one is not run', async () => {
  const original = join(folder, 'shared.txt');
  writeFileSync(original, '4');
  const beside = [{ name: 'lib/shared.txt', path: original }];
  const kind = kindOf(() => ({ 'candidate.txt': '', 'lib/shared.txt': '100' }));
  const ran = join(folder, 'ran');
  const body = `require('fs').writeFileSync(${JSON.stringify(ran)}, '')`;
  const [result] = await measure({ ...evaluatorOf(body), kind, beside }, [1]);
  expect(result).toMatchObject({
    outcome: 'invalid',
    message: expect.stringContaining('lib/shared.txt'),
  });
  expect(existsSync(ran)).toBe(false);
  expect(readFileSync(original, 'utf8')).toBe('4');
});

test('a candidate of a program is one, and a link of the task stands as it is', async () => {
  const link = join(folder, 'linked');
  symlinkSync('candidate.txt', link);
  const body = `${ANSWER}
    const { statSync, readlinkSync } = require('fs');
    const mode = (path) => statSync(path).mode & 0o100;
    answer(mode('linked') && readlinkSync('linked') === 'candidate.txt' ? 1 : 0);`;
  const placed = { beside: [{ name: 'linked', path: link, as: 'link' as const }] };
  for (const programs of [[], ['candidate.txt']]) {
    const options = { ...evaluatorOf(body), ...placed, programs, startIn: 'candidate' as const };
    expect(await measure(options, [1])).toEqual([{ outcome: 'scored', value: programs.length }]);
  }
});
