/** One line on one seed's tasks: a search of its own in this process, CPU time and candidates counted. */
import type { Cut, LineReading } from '../../../improver/comparison.ts';
import type { SearchBudget } from '../../../improver/recursion/readings.ts';
import type { Workspace } from '../../../synthesis/workspace.ts';
import { effortOf, logsToSolve, pass } from '../../recursion/pass.ts';
import type { TaskGroup } from '../../task-sets/schema.ts';
import type { ComparedLine } from './lines.ts';
import type { Posed } from './tasks.ts';

export interface Measuring {
  readonly budget: SearchBudget;
  readonly space: Workspace;
  /** CPU time of the process so far, milliseconds. */
  readonly cpuMs: () => number;
}

/** The budget is shared out evenly over groups, each a search of its own. */
export function readLine(
  { name, solver, times }: ComparedLine,
  { groups, domain }: Posed,
  { budget, space, cpuMs }: Measuring,
): LineReading {
  const amount = Math.max(1, Math.round((budget.amount * times) / groups.length));
  const shared = { ...budget, amount };
  const families = new Map<string, readonly [solved: number, of: number]>();
  const logs: number[] = [];
  const places: number[] = [];
  const unsolved: Record<string, number> = {};
  let candidates = 0;
  let spentMs = 0;
  let isCut = false;
  let at = 0;
  for (const group of groups) {
    const ground = { domain, group, parts: NO_PARTS, budget: shared, space, cpuMs };
    const found = pass(ground, solver);
    const { solved, searched, cpuMs: took } = found;
    candidates += searched.candidates;
    spentMs += took;
    const isShort = searched.end === 'memory';
    isCut ||= isShort;
    logs.push(...logsToSolve([...group.tasks.keys()], found));
    group.tasks.forEach(({ family }, task) => {
      if (solved.has(task)) places.push(at + task);
      else if (isShort) unsolved[family] = (unsolved[family] ?? 0) + 1;
      const [before, all] = families.get(family) ?? [0, 0];
      families.set(family, [before + (solved.has(task) ? 1 : 0), all + 1]);
    });
    at += group.tasks.length;
  }
  const of = groups.reduce((sum, { tasks }: TaskGroup) => sum + tasks.length, 0);
  return {
    line: name,
    solved: [...families.values()].reduce((sum, [solved]) => sum + solved, 0),
    of,
    families: Object.fromEntries(families),
    effort: Math.round(effortOf(logs)),
    candidates,
    cpuMs: Math.round(spentMs),
    places,
    ...(isCut ? { cut: cutOf({ candidates, spentMs, unsolved }, { ...budget, times }) } : {}),
  };
}

function cutOf(
  {
    candidates,
    spentMs,
    unsolved,
  }: { readonly candidates: number; readonly spentMs: number } & Pick<Cut, 'unsolved'>,
  { unit, amount, times }: SearchBudget & { readonly times: number },
): Cut {
  const spent = unit === 'candidates' ? candidates : spentMs;
  return { share: Math.min(1, spent / (amount * times)), unsolved };
}

/** Of a pass whose tasks are all read. */
const NO_PARTS = { held: [], everyday: [], train: [] };
