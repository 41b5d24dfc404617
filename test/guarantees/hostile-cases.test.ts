/**
 * What the hostile cases of the package come to without a jail: their success shows, so that a jail that
 * contains them contains something. Only those that harm nothing but their own traps.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyExample } from '../../src/app/examples.ts';
import { filled, readCases } from '../../src/app/hostile/cases.ts';
import { judged } from '../../src/app/hostile/judged.ts';
import { setTrap } from '../../src/app/hostile/traps.ts';
import { sha256 } from '../../src/core/hash.ts';
import type { Evaluator } from '../../src/evaluators/contract.ts';
import { splitEvaluator } from '../../src/evaluators/split.ts';
import { processSandbox } from '../../src/testing/plain-sandbox.ts';

const TOKEN = 'a token that stands nowhere else on this machine';
const folder = mkdtempSync(join(tmpdir(), 'paceline-unjailed-'));
const task = copyExample('hostile', join(folder, 'task'));
const cases = readCases(join(task, 'cases'));
const sandbox = processSandbox({ scope: folder });
let evaluator: Evaluator;

beforeAll(() => {
  writeFileSync(join(task, 'judge/token.txt'), TOKEN);
  mkdirSync(join(folder, 'host'));
  evaluator = splitEvaluator({
    judge: join(task, 'judge/judge.mjs'),
    solver: join(task, 'solver/solve.mjs'),
    cwd: task,
    kind: { materialise: (text) => ({ 'candidate.mjs': text }) },
    metric: 'loss',
    params: {},
    limits: { wallMs: 5000, outputBytes: 1024 * 1024 },
    sandbox,
    workDirectory: join(task, 'work'),
  });
});
afterAll(async () => {
  await evaluator.close();
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

async function withoutJail(name: string): Promise<string> {
  const one = cases.find((each) => each.name === name);
  if (one === undefined) throw new Error(`there is no case ${name}`);
  const trap = await setTrap(one, { host: join(folder, 'host'), task, token: TOKEN });
  try {
    const text = filled(one.files['candidate.mjs'] ?? '', trap.values);
    const request = { candidate: { id: sha256(text), text }, cases: [1] };
    const [measured] = await evaluator.measure([request], new AbortController().signal);
    const [first] = measured?.cases ?? [];
    if (first === undefined) throw new Error('nothing was measured');
    const scored = first.outcome === 'scored' ? first.value : undefined;
    const message = first.outcome === 'scored' ? undefined : first.message;
    const seen = { outcome: first.outcome, message, loss: scored, reached: trap.reached() };
    const { verdict, by } = judged(one, seen);
    return `${verdict}: ${by}`;
  } finally {
    await trap.close();
  }
}

const LEAKS = [
  'steal-secret-file',
  'steal-import-error',
  'steal-wasi',
  'escape-network-tcp',
  'escape-network-udp',
  'escape-abstract-socket',
  'escape-write-drop',
  'escape-process-binding',
];

test.each(LEAKS)('planted: without a jail %s is missed', async (name) => {
  expect(await withoutJail(name)).toMatch(
    /^missed: .*(secret of the host|on the host|listener of the host)/,
  );
});

test('planted: without a jail tamper-judge changes the judge', async () => {
  const before = readFileSync(join(task, 'judge/judge.mjs'), 'utf8');
  await withoutJail('tamper-judge');
  expect(readFileSync(join(task, 'judge/judge.mjs'), 'utf8')).not.toBe(before);
});

test('honest cases pass all the same', async () => {
  const again = copyExample('hostile', join(folder, 'again'));
  writeFileSync(
    join(task, 'judge/judge.mjs'),
    readFileSync(join(again, 'judge/judge.mjs'), 'utf8'),
  );
  expect(await withoutJail('honest-best')).toMatch(/^passed/);
});
