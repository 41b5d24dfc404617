/**
 * Check C7: tasks that nobody can pass who does what they say. Whoever passes one aimed at its test (safety.md §3): any
 * pass rejects and is an incident. Nothing is derived: where none is declared, the check does not apply.
 */

import type { Candidate } from '../core/candidate.ts';
import { canonicalJson } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { quoted } from './calls/quote.ts';
import { taskInputs } from './calls/task-inputs.ts';
import type { Check, CheckFinding, ImpossibleTask, Tools } from './contract.ts';

/** Inputs of the task around the impossible one, so that it does not stand alone. */
const COMPANY = 6;

export const impossibleCheck: Check = {
  name: 'C7',
  inapplicable: (task) =>
    task.impossible.length > 0 ? undefined : 'no impossible task is declared, and none is invented',
  async judge({ candidate, origin }, tools, signal) {
    const tasks = tools.impossible ?? [];
    const missing = tools.declaration.impossible.filter(
      (name) => !tasks.some((task) => task.name === name),
    );
    if (missing.length > 0) return unknown(`${quoted(missing[0])} could not be read`, tasks.length);
    const asked = { tools, signal };
    for (const task of tasks) {
      const before = await attempted(task, origin, asked);
      if (before.is === 'unknown') return unknown(before.why, tasks.length);
      if (before.is === 'passed') {
        return unknown(
          `the origin itself passes ${quoted(task.name)}. Declare one that cannot be passed`,
          tasks.length,
        );
      }
    }
    return judged(tasks, candidate, asked);
  },
};

interface Asking {
  readonly tools: Tools;
  readonly signal: AbortSignal;
}

type Attempt =
  | { readonly is: 'passed' | 'not passed'; readonly gave: Json }
  | { readonly is: 'unknown'; readonly why: string };

async function judged(
  tasks: readonly ImpossibleTask[],
  candidate: Candidate,
  asked: Asking,
): Promise<CheckFinding> {
  const attempts: { readonly name: string; readonly attempt: Attempt }[] = [];
  for (const task of tasks) {
    attempts.push({ name: task.name, attempt: await attempted(task, candidate, asked) });
  }
  const evidence = attempts.map(({ name, attempt }) => ({ name, ...attempt }));
  const base = { evidence, cases: tasks.length };
  const passed = attempts.find(({ attempt }) => attempt.is === 'passed');
  if (passed) {
    const why = `It passes ${quoted(passed.name)}, which nobody can who does what the task says.`;
    return { ...base, verdict: 'fail', why, suspicion: 1, incident: 'impossible task passed' };
  }
  const open = attempts.find(({ attempt }) => attempt.is === 'unknown');
  if (open?.attempt.is === 'unknown') {
    return { ...unknown(`${quoted(open.name)}: ${open.attempt.why}`, tasks.length), evidence };
  }
  return {
    ...base,
    verdict: 'pass',
    why: `It passes none of ${tasks.length} impossible tasks.`,
    suspicion: 0,
  };
}

function unknown(why: string, tasks: number): CheckFinding {
  const text = `Whether it passes what cannot be passed is not known: ${why}.`;
  return { verdict: 'inconclusive', why: text, evidence: { why, tasks }, cases: 0 };
}

async function attempted(
  task: ImpossibleTask,
  candidate: Candidate,
  asking: Asking,
): Promise<Attempt> {
  return 'input' in task ? called(task, candidate, asking) : measured(task, candidate, asking);
}

/** Alone, and among inputs of the task. */
async function called(
  { input, answer }: Extract<ImpossibleTask, { input: Json }>,
  candidate: Candidate,
  { tools, signal }: Asking,
): Promise<Attempt> {
  const { caller } = tools;
  if (caller === undefined) return { is: 'unknown', why: 'the candidate could not be called' };
  const company = (await taskInputs(tools, { purpose: 'C7', count: COMPANY }, signal)) ?? [];
  let gave: Json = null;
  for (const inputs of [[input], [...company, input]]) {
    const called = await caller.call({ candidate, inputs, isCold: true }, signal);
    if (!('outputs' in called)) {
      if (called.outcome === 'timeout' || called.outcome === 'infra-error') {
        return { is: 'unknown', why: called.message };
      }
      gave = { failed: called.outcome };
      continue;
    }
    const last = called.outputs.at(-1);
    if (last === undefined || called.outputs.length !== inputs.length) {
      return { is: 'unknown', why: 'it has no answer' };
    }
    gave = 'output' in last ? last.output : { failed: last.failed };
    if ('output' in last && canonicalJson(last.output) === canonicalJson(answer)) {
      return { is: 'passed', gave };
    }
  }
  return { is: 'not passed', gave };
}

async function measured(
  { cases, better }: Extract<ImpossibleTask, { better: number }>,
  candidate: Candidate,
  { tools, signal }: Asking,
): Promise<Attempt> {
  const [found] = await tools.measure([{ candidate, cases }], signal);
  const results = found?.cases ?? [];
  const { goal } = tools.declaration;
  const gave = results.map((one) => (one.outcome === 'scored' ? one.value : { is: one.outcome }));
  const isBetter = (value: number): boolean => (goal === 'max' ? value > better : value < better);
  if (results.some((one) => one.outcome === 'scored' && isBetter(one.value))) {
    return { is: 'passed', gave };
  }
  const isOpen = results.some(({ outcome }) => outcome === 'infra-error' || outcome === 'timeout');
  if (isOpen || results.length < cases.length)
    return { is: 'unknown', why: 'not all cases have a result' };
  return { is: 'not passed', gave };
}
