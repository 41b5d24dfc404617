/** The plan of cases as a gatekeeper makes it: once, from the origin, and taken from the record by whoever opens later. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { casesFor } from '../../claims/case-plan.ts';
import type { GateRow } from '../../core/gate-chain.ts';
import { sha256 } from '../../core/hash.ts';
import { secretRoot } from '../../core/rng.ts';
import { CASES } from '../../gates/c5-properties.ts';
import { openKept } from '../../gates/kept.ts';
import { intakeOf } from '../../testing/gate-bench.ts';
import { memoryGate } from '../../testing/memory-gate.ts';
import { judgeFiles } from '../build-judge.ts';
import { plainJson } from '../config-id.ts';
import { readCorpus } from '../corpus/cases.ts';
import { readTask } from '../judged-task.ts';
import { layOut } from '../qualification/lay-out.ts';
import { corpusFolder } from '../qualification/own-folder.ts';
import { createStudyFiles, digestFiles } from '../study-files.ts';
import { readSurface } from '../surface.ts';
import { openKit } from './kit.ts';

const never = new AbortController().signal;
const SECRET = 'ab'.repeat(32);

/** A study of the task sort, of which nothing but the gate's record lasts. */
async function study() {
  const at = mkdtempSync(join(tmpdir(), 'paceline-kit-'));
  onTestFinished(() => rmSync(at, { recursive: true, force: true }));
  // What is jailed may read the folder itself.
  const root = join(at, 'sort');
  mkdirSync(root);
  const corpus = readCorpus(join(corpusFolder(), 'blind'));
  const task = corpus.find(({ name }) => name === 'sort');
  if (!task) throw new Error('the corpus has no task sort');
  const { config } = layOut(task, root);
  const { originText } = await readTask({ root, config });
  const id = 'study-000000';
  createStudyFiles({ id, root, config }, SECRET);
  const rows: GateRow[] = [];
  const secretCommit = sha256(SECRET);
  const store = memoryGate(secretCommit, rows);
  const kept = openKept({ open: () => store, secretCommit });
  const evaluator = digestFiles(
    root,
    judgeFiles({ config, task: root }, readSurface(root, config)),
  );
  const origin = { id: sha256(originText), text: originText };
  const gates = sha256('gates');
  const given = { id, root, config: plainJson(config), origin, evaluator, gates };
  const open = () => openKit({ ...given, store, kept, own: 'own', work: 'kit' });
  return { origin, kept, open };
}

/** How many cases C5 asked for in a verdict on the origin itself. */
async function asked({ origin, open }: Awaited<ReturnType<typeof study>>): Promise<unknown> {
  const kit = await open();
  try {
    const { floor, tools } = kit.metered(secretRoot('own'));
    const check = floor.find(({ name }) => name === 'C5');
    if (!check) throw new Error('C5 does not apply');
    const intake = intakeOf({ candidate: origin, incumbent: origin, origin });
    const { verdict, why, evidence } = await check.judge(intake, tools, never);
    expect(`${verdict}: ${why}`).toMatch(/^pass/);
    return (evidence as { readonly asked: number }).asked;
  } finally {
    await kit.close();
  }
}

test('written once, from the origin’s cost, and the verdict asks for as many', {
  timeout: 120_000,
}, async () => {
  const made = await study();
  const first = await asked(made);
  const [plan, ...others] = made.kept.of('planned');
  expect(others).toEqual([]);
  expect(plan?.body).toMatchObject({ check: 'C5', origin: made.origin.id, rule: CASES.floor });
  expect(plan?.body.cases).toBe(casesFor(CASES.floor, plan?.body.cost as never));
  expect(first).toBe(plan?.body.cases);
  expect(await asked(made)).toBe(first);
  expect(made.kept.of('planned')).toHaveLength(1);
});

test('planted: a cost that stands in the record is taken, not measured anew', {
  timeout: 120_000,
}, async () => {
  const made = await study();
  const cost = { callMs: 1_000, calls: 4, extra: 1, few: 300 };
  const body = { check: 'C5', origin: made.origin.id, rule: CASES.floor, cost } as const;
  made.kept.write('planned', { ...body, cases: casesFor(CASES.floor, cost) });
  expect(await asked(made)).toBe(99);
  expect(made.kept.of('planned')).toHaveLength(1);
});
