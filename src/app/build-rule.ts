/** The rule of acceptance that a config asks for, and what it promises of held-out cases. */
import { promotionsOf } from '../claims/holdout.ts';
import { type AcceptanceRule, defaultRule, exactRule } from '../claims/rule.ts';
import type { EventBody } from '../core/events.ts';
import { guardsOf } from './build-judge.ts';
import { poolPromise } from './build-pool.ts';
import { stageRule } from './build-stages.ts';
import { isItself, verifierHash } from './build-verifier.ts';
import type { Config } from './config-schema.ts';
import { minEffectOf } from './config-time.ts';
import { armsOf } from './control-arms.ts';

/** @throws PacelineError `CONFIG_INVALID` for a rule that could not be applied. */
export function ruleOf(root: string, config: Config): AcceptanceRule {
  const { rule, evaluator } = config;
  const guards = guardsOf(config);
  const guarded = guards.length > 0 ? { guards } : {};
  if (rule.mode === 'exact') {
    const { tolerance, verifier } = rule.exact;
    const again = isItself(verifier) ? { isItself: true as const } : {};
    return exactRule({ tolerance, verifier: verifierHash(root, verifier), ...again, ...guarded });
  }
  const { bound, minEffect: _, ...rest } = rule;
  const stages = evaluator.stages?.map(stageRule);
  return defaultRule({
    ...rest,
    minEffect: minEffectOf(config),
    ...(bound === undefined ? {} : { bound }),
    ...(stages ? { stages } : {}),
    ...guarded,
  });
}

export function splitPromises(
  config: Config,
  rule: AcceptanceRule,
): Pick<EventBody['study.opened'], 'holdout' | 'pool'> {
  const { holdout } = config.splits;
  const pool = poolPromise(config, { rule, arms: armsOf(config.control) });
  return {
    ...(holdout ? { holdout: { ...holdout, promotions: promotionsOf(holdout.cases) } } : {}),
    ...(pool ? { pool } : {}),
  };
}
