/** What the checks are told of a task: from its config alone, so that no candidate decides what applies to it. */
import { contentId } from '../../core/hash.ts';
import type { GatesPromise } from '../../core/safety-events.ts';
import type { Declaration } from '../../gates/contract.ts';
import { applicable } from '../../gates/floor.ts';
import type { TaskKind } from '../../tasks/contract.ts';
import { isCallable } from '../build-caller.ts';
import { guardsOf, metricOf } from '../build-judge.ts';
import { plainJson } from '../config-id.ts';
import type { Config } from '../config-schema.ts';
import { isDeclaredDeterministic, isTimed } from '../config-time.ts';

export function declarationOf(config: Config): Declaration {
  const { evaluator, language, rule, splits } = config;
  return {
    form: language === undefined ? 'source' : 'forest',
    evaluator: evaluator.use ?? 'command',
    class: evaluator.class,
    goal: metricOf(config).goal,
    isTimed: isTimed(config),
    isDeterministic: isDeclaredDeterministic(config),
    isExact: rule.mode === 'exact',
    hasHoldout: splits.holdout !== undefined,
    isCallable: isCallable(config),
    properties: [],
    impossible: [],
    isJailed: true,
    guards: guardsOf(config),
    ...toleranceOf(config),
  };
}

function toleranceOf({ rule }: Config): Pick<Declaration, 'tolerance'> {
  if (rule.mode === 'exact') return {};
  const { smallestEffect, bound } = rule;
  return { tolerance: { smallestEffect, ...(bound === undefined ? {} : { bound }) } };
}

/** Most audit debt that may stand (safety.md §4, 2). */
const MAX_DEBT = 8;

/** What a study promises of its gates; its hash is in the first entry. */
export function gatesPromiseOf(config: Config, kind: Pick<TaskKind, 'debtWeight'>): GatesPromise {
  const declaration = declarationOf(config);
  const { floor, unchecked, completeness } = applicable(declaration);
  const { maxDebt = MAX_DEBT, approval: { gain: personGain } = {} } = config.safety ?? {};
  const asked = personGain === undefined ? {} : { personGain };
  const limits = { weight: kind.debtWeight, maxDebt, ...asked };
  const declared = contentId(plainJson({ declaration, floor, ...limits }));
  return { declared, floor, unchecked, ...limits, completeness };
}
