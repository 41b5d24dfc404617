/** Keys of the config that mean something together with others only: none is accepted and ignored. */
import type { z } from 'zod';
import { PROCESS_ALPHA } from '../claims/process.ts';
import { floorCases, referenceSize } from '../claims/screen.ts';
import { isFree } from '../models/prices.ts';
import type { Keys } from './config-keys.ts';
import { ofKind } from './config-kinds.ts';
import { isDeclaredDeterministic, isTimed, ofTime, type Problem } from './config-time.ts';
import { armsOf } from './control-arms.ts';
import { islandsOf, smallestP } from './islands-design.ts';

export function checkTogether(keys: Keys, context: z.RefinementCtx): void {
  const problems = ofKind(keys);
  if (keys.evaluator.cache && !isDeclaredDeterministic(keys)) {
    const message =
      'takes values over from earlier trials, so the evaluator has to repeat itself: leave it out, or set deterministic: true';
    context.addIssue({ code: 'custom', path: ['evaluator', 'cache'], message });
  }
  const combined = [
    ofTime,
    ofMemory,
    ofPrinted,
    ofSplit,
    ofBudget,
    ofCommand,
    ofModels,
    ofHuman,
    ofProbes,
    ofHoldout,
    ofPool,
    ofIslands,
    ofAutonomy,
  ].flatMap((of) => of(keys));
  for (const problem of [...problems, ...combined])
    context.addIssue({ code: 'custom', ...problem });
}

/** Pairs are told apart by chance alone; one that learnt from the last would be no repeat of it. */
function ofMemory({ memory, control }: Keys): readonly Problem[] {
  if (memory !== 'on' || control.design !== 'paired') return [];
  const message =
    'would make the studies of a set depend on each other: leave it out with design: paired';
  return [{ path: ['memory'], message }];
}

/** Whatever runs in that process can print. */
function ofPrinted({ evaluator }: Keys): readonly Problem[] {
  if (evaluator.answers !== 'printed' || evaluator.class === 'fused') return [];
  const message = 'is fused where answers are printed: a candidate in that process can print too';
  return [{ path: ['evaluator', 'class'], message }];
}

function ofSplit({ evaluator, splits }: Keys): readonly Problem[] {
  const at = (key: string, message: string): Problem => ({ path: ['evaluator', key], message });
  const problems: Problem[] = [];
  if (evaluator.use !== 'split') {
    if (evaluator.limits?.steps !== undefined) {
      const message = 'are counted by use: split only: leave it out, or limit cpu';
      problems.push({ path: ['evaluator', 'limits', 'steps'], message });
    }
    return problems;
  }
  const isPython = evaluator.solver?.endsWith('.py') ?? false;
  if (isPython && evaluator.limits?.steps !== undefined) {
    const message = 'are counted in JavaScript and TypeScript only: leave it out, or limit cpu';
    problems.push({ path: ['evaluator', 'limits', 'steps'], message });
  }
  if (!isPython && evaluator.python !== undefined) {
    problems.push(at('python', 'belongs to a solver in Python: leave it out'));
  }
  if (isTimed({ evaluator })) {
    const message =
      'of kind: time need the process to themselves, and use: split keeps it warm: use function or command, or let score return the steps it is given (limits.steps)';
    problems.push(at('metrics', message));
  }
  if (splits.holdout && (evaluator.batch ?? 1) > 1) {
    const message =
      'hands over several inputs at a time, and those of a sealed hold-out go in one by one: leave batch out';
    problems.push(at('batch', message));
  }
  return problems;
}

/** Who waits for people is ahead or behind by how long they took. */
function ofAutonomy({ autonomy, control }: Keys): readonly Problem[] {
  if (control.design === undefined || autonomy.level > 3) return [];
  const message =
    'waits for a person at each promotion, which says nothing about the search: leave control.design out, or set level: 4';
  return [{ path: ['autonomy', 'level'], message }];
}

function ofIslands({ control, rule, evaluator, splits }: Keys): readonly Problem[] {
  const at = (key: string, message: string): Problem => ({ path: ['control', key], message });
  const { design, arms, share } = control;
  if (design !== 'islands') {
    return (['islands', 'blocks'] as const)
      .filter((key) => control[key] !== undefined)
      .map((key) => at(key, 'belongs to an islands design: add design: islands, or leave it out'));
  }
  const problems: Problem[] = [];
  if (arms.join() !== 'best-of-n') {
    problems.push(at('arms', 'are blocks of best-of-n in an islands design: leave it out'));
  }
  if (share !== undefined) {
    problems.push(
      at('share', 'follows from islands and blocks in an islands design: leave it out'),
    );
  }
  if (rule.mode === 'exact' || isTimed({ evaluator })) {
    const what =
      rule.mode === 'exact' ? 'an exact value has none' : 'run times move with the machine';
    problems.push(
      at(
        'design',
        `islands compares finals on common fresh cases, and ${what}: use run --replicates`,
      ),
    );
  }
  if (splits.confirm) {
    problems.push(
      at('design', 'islands needs fresh cases for all finals: leave splits.confirm out'),
    );
  }
  const { islands, blocks } = islandsOf(control);
  const smallest = smallestP(islands, blocks);
  if (smallest > PROCESS_ALPHA) {
    const p = smallest.toPrecision(2);
    problems.push(
      at(
        'islands',
        `${islands} and ${blocks} blocks can give no p below ${p}: use more, for example 8 and 2`,
      ),
    );
  }
  return problems;
}

/** What comes before the first trial is measured whole: it would spend more than there is, for nothing. */
function ofBudget(keys: Keys): readonly Problem[] {
  const { evals = 0 } = keys.budget;
  const floor = floorCases(keys.rule);
  // Of times every candidate is screened beside the incumbent, which then needs no reference.
  const references = isTimed(keys) ? 0 : armsOf(keys.control).length * referenceSize(keys.rule);
  if (evals === 0 || evals > floor + references) return [];
  const message = `${evals} leaves nothing for a trial: the noise floor takes ${floor}, the references of all arms ${references}. Give more than ${floor + references}, or 0 to see that all is in place`;
  return [{ path: ['budget', 'evals'], message }];
}

/** A trial without a candidate takes no evaluation, so evaluations alone would never end such a study. */
function ofCommand({ budget, proposers }: Keys): readonly Problem[] {
  const isBounded = budget.trials !== undefined || budget.wall !== undefined;
  const isAny = proposers.some(
    (one) => one.use === 'command' || (one.use === 'agent' && !isPaid(one)),
  );
  if (isBounded || !isAny) return [];
  const message =
    'needs trials or wall beside a proposer that is a program of yours: where that gives no candidate no evaluation is spent';
  return [{ path: ['budget'], message }];
}

function isPaid({ use, endpoint }: Keys['proposers'][number]): boolean {
  return use === 'llm' || (use === 'agent' && typeof endpoint === 'object');
}

/** Nothing else says when to stop paying; and a limit in dollars stops no model that costs none. */
function ofModels({ budget, proposers }: Keys): readonly Problem[] {
  const { usd, tokens, requests, trials, wall } = budget;
  if (!proposers.some(isPaid)) return [];
  const isBounded = [usd, tokens, requests].some((one) => one !== undefined);
  if (!isBounded) {
    const message =
      'needs usd, tokens or requests beside a proposer that pays for its ideas: name what they may take';
    return [{ path: ['budget'], message }];
  }
  const ends = [tokens, requests, trials, wall].some((one) => one !== undefined);
  const free = proposers.flatMap(({ models = [] }) => models).find(isFree);
  if (ends || free === undefined) return [];
  const message = `usd alone would never end a study that asks ${free.model}, which costs nothing: add trials, wall, tokens or requests`;
  return [{ path: ['budget'], message }];
}

/** A study that waits for people waits for all of its trials. */
function ofHuman({ proposers, control }: Keys): readonly Problem[] {
  if (!proposers.some(({ use }) => use === 'human')) return [];
  const problems: Problem[] = [];
  if (proposers.length > 1) {
    const message =
      'name human, for whom a study waits, beside others: leave human out, and hand in with paceline propose whenever you like';
    problems.push({ path: ['proposers'], message });
  }
  if (control.design !== undefined || control.arms.some((arm) => arm !== 'no-op')) {
    const message =
      'would ask people too, who propose to the search alone: with human write control: { arms: [] }';
    problems.push({ path: ['control', 'arms'], message });
  }
  return problems;
}

/** A trial that has begun is finished: one of these alone would spend more than there is. */
function ofProbes({ budget, proposers }: Keys): readonly Problem[] {
  const { evals = 0 } = budget;
  return proposers.flatMap(({ lambda = 0, generations = 0 }, i) => {
    const most = lambda * generations;
    if (evals === 0 || most <= evals) return [];
    const message = `one trial of cma-es takes lambda × generations = ${most} evaluations, more than budget.evals ${evals}: use fewer generations, or more evaluations`;
    return [{ path: ['proposers', i], message }];
  });
}

const NEEDS_CASES =
  'needs cases, and rule.mode exact is for one value without any: leave it out, or leave rule.mode at fwer';

function ofHoldout({ rule, splits, budget }: Keys): readonly Problem[] {
  const { holdout } = splits;
  if (holdout === undefined) return [];
  const path = ['splits', 'holdout'];
  if (rule.mode === 'exact') return [{ path, message: NEEDS_CASES }];
  const { cases, queries } = holdout;
  const problems: Problem[] = [];
  if (queries > cases) {
    const message = `${cases} cases cannot bear ${queries} questions: that many answers tell as much as the cases hold. Give at least ${queries} cases or at most ${cases} queries`;
    problems.push({ path: [...path, 'cases'], message });
  }
  if (budget.evals !== undefined && budget.evals <= cases) {
    const message = `a set of ${cases} cases alone uses up budget.evals ${budget.evals}: give fewer cases or more evaluations`;
    problems.push({ path: [...path, 'cases'], message });
  }
  return problems;
}

function ofPool({ rule, splits, evaluator }: Keys): readonly Problem[] {
  const pool = splits.confirm?.pool;
  if (pool === undefined) return [];
  const path = ['splits', 'confirm', 'pool'];
  const problems: Problem[] = [];
  const refuse = (isWrong: boolean, message: string): void => {
    if (isWrong) problems.push({ path, message });
  };
  refuse(rule.mode === 'exact', NEEDS_CASES);
  refuse(
    splits.holdout !== undefined,
    'a sealed hold-out draws cases of its own, which a pool does not have: leave one of the two out',
  );
  if (pool.use === 'blocks') return problems;
  refuse(
    rule.mode === 'e-lond',
    'the levels of bits are those of rule.mode fwer: leave e-lond out, or write use: blocks',
  );
  refuse(
    evaluator.metrics.some(({ role }) => role === 'guard' || role === 'info'),
    'values of guards and informational metrics would tell more than a bit: leave them out, or write use: blocks',
  );
  return problems;
}
