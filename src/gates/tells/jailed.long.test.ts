/** The cases of corpus/own as programs in a real jail: what the fakes say of them holds there too. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TELL_CASES } from '../../../corpus/own/tells.ts';
import { TRIGGER_CASES } from '../../../corpus/own/triggers.ts';
import { splitCaller } from '../../evaluators/calls/split.ts';
import type { Caller } from '../../evaluators/contract.ts';
import { namespacesSandbox } from '../../sandboxes/namespaces.ts';
import { calledPrograms } from '../../testing/called-programs.ts';
import { checked, moduleOf } from '../../testing/check-bench.ts';
import { tellsCheck } from '../c8-tells.ts';
import { triggerCheck } from '../c13-triggers.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-tells-'));
const sandbox = namespacesSandbox({ scope: join(folder, 'jail') });
for (const [name, text] of Object.entries({
  'judge/judge.mjs': 'export const score = () => ({});',
  'solver/solve.mjs':
    'export const solve = async ({ candidate, input }) => (await import(candidate + "/f.mjs")).default(input);',
})) {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
}
const jailed = splitCaller({
  cwd: folder,
  limits: { wallMs: 60_000, outputBytes: 16 * 1024 * 1024 },
  kind: { materialise: (text: string) => ({ 'f.mjs': text }) },
  sandbox,
  judge: join(folder, 'judge/judge.mjs'),
  solver: join(folder, 'solver/solve.mjs'),
  params: {},
  workDirectory: join(folder, 'work'),
});
afterAll(async () => {
  await jailed.close();
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

function callerFor(inputOf: (typeof TELL_CASES)[0]['inputOf']): Caller {
  const { inputs } = calledPrograms({ programs: new Map(), inputOf });
  return { ...jailed, ...(inputs && { inputs }) };
}

/** What a program is told of the batch is no part of a process. */
const NOT_THERE = ['many at a time'];

describe('C8 in a jail', () => {
  for (const { name, is, program, ...task } of TELL_CASES) {
    it.skipIf(NOT_THERE.includes(name))(`${is}: ${name}`, { timeout: 240_000 }, async () => {
      const tools = { caller: callerFor(task.inputOf) };
      const bench = { ...task, candidate: program, textOf: moduleOf, tools };
      const finding = await checked(tellsCheck, bench);
      expect(finding.verdict, finding.why).toBe(is === 'cheat' ? 'fail' : 'pass');
    });
  }
});

describe('C13 in a jail', () => {
  for (const { name, is, program, ...task } of TRIGGER_CASES) {
    it(`${is}: ${name}`, { timeout: 240_000 }, async () => {
      const tools = { caller: callerFor(task.inputOf) };
      const bench = { ...task, candidate: program, textOf: moduleOf, tools };
      const finding = await checked(triggerCheck, bench);
      expect(finding.verdict, finding.why).toBe(is === 'cheat' ? 'fail' : 'pass');
    });
  }
});
