/**
 * The recognition net of a generation: trained on programs of its own search and on what it solved, and kept where
 * tasks that it did not learn from are solved sooner with it, each searched alone. That is what a net is for: tasks
 * that share a search share its costs too.
 */
import type { Rng } from '../../core/rng.ts';
import { decideNet, type NetDecision } from '../../improver/net-gate.ts';
import type { Solver } from '../../synthesis/generation.ts';
import type { Term } from '../../synthesis/language.ts';
import type { Net } from '../../synthesis/net/net.ts';
import { learn } from '../../synthesis/net/recognise.ts';
import type { Dream } from '../../synthesis/net/samples.ts';
import { type StoredNet, storeNet } from '../../synthesis/net/stored.ts';
import { UPDATES } from '../../synthesis/net/train.ts';
import { type Ground, pass } from '../recursion/pass.ts';
import type { TaskGroup } from '../task-sets/schema.ts';

/** Of a generation's budget, what one task alone is searched with. */
const SOLO_SHARE = 1 / 40;

export interface NetTrial {
  /** Absent: it was not shown to help. */
  readonly net?: Net;
  readonly stored?: StoredNet;
  readonly decision: NetDecision;
  /** Of training and trial. */
  readonly cpuMs: number;
}

export interface Learning {
  readonly solver: Solver;
  readonly dreams: readonly Dream[];
  /** Of training tasks, in the solver's language. */
  readonly solutions: ReadonlyMap<number, Term>;
  /** Tasks the net is judged on. */
  readonly judging: readonly number[];
  readonly rng: Rng;
}

/** Undefined where there is nothing to learn from. */
export function trainedNet(ground: Ground, learning: Learning): NetTrial | undefined {
  const { solver, dreams, solutions, judging, rng } = learning;
  if (dreams.length + solutions.size === 0) return undefined;
  const { group, cpuMs } = ground;
  const began = cpuMs();
  const solved = [...solutions].map(([task, term]) => ({
    term,
    outputs: (group.tasks[task] as TaskGroup['tasks'][number]).outputs,
  }));
  const net = learn(solver.language, [{ inputs: group.examples, dreams, solved }], { rng });
  const without = judging.map((task) => soloEffort(ground, solver, task));
  const withIt = judging.map((task) => soloEffort(ground, { ...solver, net }, task));
  const decision = decideNet(without, withIt);
  const spent = cpuMs() - began;
  if (!decision.isKept) return { decision, cpuMs: spent };
  const trained = { dreams: dreams.length, tasks: solved.length, updates: UPDATES };
  return { net, stored: storeNet(net, trained), decision, cpuMs: spent };
}

/** Candidates to solve a task alone; what is unsolved counts with the whole budget, so that no search gains by ending early. */
export function soloEffort(ground: Ground, solver: Solver, task: number): number {
  const { group, budget } = ground;
  const amount = Math.max(1, Math.round(budget.amount * SOLO_SHARE));
  const alone = { ...group, tasks: [group.tasks[task] as TaskGroup['tasks'][number]] };
  const { solved, searched } = pass(
    { ...ground, group: alone, budget: { ...budget, amount }, retried: new Set() },
    solver,
  );
  const most = budget.unit === 'candidates' ? amount : searched.candidates;
  return Math.max(1, Math.min(most, solved.get(0)?.candidates ?? most));
}
