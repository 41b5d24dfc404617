/** What the checks are told of a task: from its config alone, so that no candidate decides what applies to it. */
import { contentId } from '../../core/hash.ts';
import type { GatesPromise } from '../../core/safety-events.ts';
import { CASES } from '../../gates/c5-properties.ts';
import { msPerUnit } from '../../gates/c10-timing.ts';
import type { Declaration } from '../../gates/contract.ts';
import { applicable } from '../../gates/floor.ts';
import type { JailLevel } from '../../sandboxes/contract.ts';
import type { TaskKind } from '../../tasks/contract.ts';
import { isCallable } from '../build-caller.ts';
import { guardsOf, metricOf } from '../build-judge.ts';
import { plainJson } from '../config-id.ts';
import type { Config } from '../config-schema.ts';
import { isDeclaredDeterministic, isTimed, minEffectOf } from '../config-time.ts';

/** Below it nothing is denied that could be seen (C1). */
const WATCHED: JailLevel = 'J2';

/** @param level Of the jail that candidates run in; undefined where they need none. */
export function declarationOf(config: Config, level: JailLevel | undefined): Declaration {
  const { evaluator, language, rule, safety, splits } = config;
  return {
    form: language === undefined ? 'source' : 'forest',
    // Like an interpreter, families are the task's own module in a thread of ours: checks know no other word for it.
    evaluator: evaluator.use === 'inner-study' ? 'function' : (evaluator.use ?? 'command'),
    class: evaluator.class,
    goal: metricOf(config).goal,
    isTimed: isTimed(config),
    isDeterministic: isDeclaredDeterministic(config),
    isExact: rule.mode === 'exact',
    hasHoldout: splits.holdout !== undefined,
    isCallable: isCallable(config),
    makesInputs:
      evaluator.use === 'split' || language !== undefined || safety?.checks !== undefined,
    properties: propertiesIn(config),
    impossible: safety?.impossible ?? [],
    isJailed: level !== undefined && level >= WATCHED,
    guards: guardsOf(config),
    ...(safety?.jump === undefined ? {} : { jump: safety.jump }),
    ...toleranceOf(config),
  };
}

/** What C5 has to look at, by name where the config names it; the module and the origin may have more. */
function propertiesIn(config: Config): readonly string[] {
  const { checks, confirm = [] } = config.safety ?? {};
  if (!isCallable(config)) return [];
  return ['determinism', 'type', ...confirm, ...(checks === undefined ? [] : [checks])];
}

function toleranceOf(config: Config): Pick<Declaration, 'tolerance'> {
  const { rule, safety } = config;
  if (rule.mode === 'exact') return {};
  const { margin, fastest } = safety ?? {};
  const { smallestEffect, bound } = rule;
  const unit = isTimed(config) ? msPerUnit(metricOf(config).unit) : undefined;
  return {
    tolerance: {
      smallestEffect,
      minEffect: minEffectOf(config),
      ...(margin === undefined ? {} : { margin: isTimed(config) ? Math.log1p(margin) : margin }),
      ...(fastest === undefined ? {} : { fastest }),
      ...(bound === undefined ? {} : { bound }),
      ...(unit === undefined ? {} : { msPerUnit: unit }),
    },
  };
}

/** Most audit debt that may stand (safety.md §4, 2). */
const MAX_DEBT = 8;

/** What a study promises of its gates; its hash is in the first entry. */
export function gatesPromiseOf(
  config: Config,
  { debtWeight }: Pick<TaskKind, 'debtWeight'>,
  level: JailLevel | undefined,
): GatesPromise {
  const declaration = declarationOf(config, level);
  const { floor, unchecked, completeness } = applicable(declaration);
  const { maxDebt = MAX_DEBT, approval: { gain: personGain } = {} } = config.safety ?? {};
  const asked = personGain === undefined ? {} : { personGain };
  const limits = { weight: debtWeight, maxDebt, ...asked };
  const rules = floor.includes('C5') ? { caseRule: CASES.floor } : {};
  const declared = contentId(plainJson({ declaration, floor, ...limits, ...rules }));
  return { declared, floor, unchecked, ...limits, completeness, ...rules };
}
