/** Everything that a run would check and fix before its first evaluation, with nothing written. */

import type { EventBody } from '../core/events.ts';
import type { GatesPromise } from '../core/safety-events.ts';
import { EMPTY_PURSE } from '../core/spend.ts';
import { laneOf } from '../loop/lanes.ts';
import type { Budget, Lane, Plan } from '../loop/plan.ts';
import type { AskRequest } from '../proposers/contract.ts';
import type { Config } from './config-schema.ts';
import { withPassingPlan } from './passing-plan.ts';
import { taskFolder } from './task-folder.ts';
import { patchOf, recordedKindOf } from './task-kind.ts';

export interface Preview {
  readonly name: string;
  readonly metric: EventBody['study.opened']['metric'];
  readonly rule: unknown;
  readonly ruleHash: string;
  readonly arms: readonly { readonly name: string; readonly share: number }[];
  /** One per stream of proposals: `main: genetic`. */
  readonly lanes: readonly string[];
  readonly budget: Budget;
  readonly isolation: string;
  readonly reproducible: string;
  readonly hasGenerator: boolean;
  /** Checks before each promotion, and those that do not apply; absent for a study without gates. */
  readonly gates?: { readonly floor: readonly string[]; readonly unchecked: readonly string[] };
  /** Whether they hold of the origin, only a run or `paceline checks` says. */
  readonly hasProperties: boolean;
  readonly evaluatorClass: 'split' | 'fused';
  /**
   * What the first trial would change, as a patch; absent where its proposer measures before it proposes,
   * or would propose something else next time and may cost something.
   */
  readonly firstDiff?: string;
  /** What the first call to a model would send; absent where the first trial asks none. */
  readonly firstPrompt?: string;
  /** Where the task's files were checked out, for a study of a repository. */
  readonly checkout?: string;
}

/** @throws PacelineError for whatever `run` would refuse. */
export async function previewRun(root: string, config: Config): Promise<Preview> {
  return withPassingPlan('dry-run', { root, config }, async (plan) => {
    const { opened, budget } = plan;
    const { name, metric, rule, ruleHash, isolation, reproducible, evaluatorClass } = opened;
    const arms = opened.arms.map((arm) => ({ name: arm.name, share: arm.share }));
    const lanes = opened.lanes.map(({ arm, proposer }) => `${arm}: ${proposer}`);
    const hasGenerator = config.splits.generator !== undefined;
    const said = { name, metric, rule, ruleHash, isolation, reproducible, evaluatorClass };
    const { checks, confirm } = config.safety ?? {};
    const hasProperties = checks !== undefined || confirm !== undefined;
    const firstDiff = await firstDiffOf(plan, config);
    const firstPrompt = firstPromptOf(plan);
    return {
      ...said,
      arms,
      lanes,
      budget,
      hasGenerator,
      hasProperties,
      ...(opened.gates ? { gates: gatesOf(opened.gates) } : {}),
      ...(firstDiff === undefined ? {} : { firstDiff }),
      ...(firstPrompt === undefined ? {} : { firstPrompt }),
      ...(config.repository ? { checkout: taskFolder(root, config) } : {}),
    };
  });
}

function gatesOf({ floor, unchecked }: GatesPromise): NonNullable<Preview['gates']> {
  return { floor, unchecked: unchecked.map(({ check }) => check) };
}

/** The draft of trial 0, before anything is known but the origin. */
async function firstDiffOf(plan: Plan, config: Config): Promise<string | undefined> {
  const lane = plan.lanes[laneOf(plan.opened.cycle, FIRST)];
  if (!lane?.proposer.traits.repeatable) return undefined;
  const { proposer } = lane;
  const measuring = new Error('it measures before it proposes');
  const request = requestOf(plan, lane, measuring);
  try {
    const { text, noCandidate } = await proposer.ask(proposer.init(), request);
    if (noCandidate !== undefined) return undefined;
    return patchOf(recordedKindOf(config, plan.origin.text), plan.origin.text, text);
  } catch (error) {
    if (error === measuring) return undefined;
    throw error;
  }
}

/** Nothing is known yet but the origin, and nothing may be spent. */
function requestOf(plan: Plan, { fromOrigin }: Lane, measuring: Error): AskRequest {
  return {
    trial: FIRST,
    rng: plan.publicRoot.stream(FIRST, 'ask'),
    archive: plan.archive.view(plan.archive.init(), FIRST),
    probe: { measure: () => Promise.reject(measuring) },
    fromOrigin,
    seen: () => false,
    purse: EMPTY_PURSE,
    ...(plan.opened.lessons ? { lessons: plan.opened.lessons } : {}),
    signal: new AbortController().signal,
  };
}

function firstPromptOf(plan: Plan): string | undefined {
  const lane = plan.lanes[laneOf(plan.opened.cycle, FIRST)];
  return lane?.proposer.preview?.(
    lane.proposer.init(),
    requestOf(plan, lane, new Error('nothing is measured')),
  );
}

const FIRST = 0;
