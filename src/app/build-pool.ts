/** A finite pool of confirm cases: its size checked, its order drawn, its keeper where attempts share it. */
import { maxPairs } from '../claims/decide.ts';
import { askedCases, bitLevel, canConfirm, MOST_PROMOTIONS } from '../claims/pool.ts';
import type { AcceptanceRule } from '../claims/rule.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import { poolOrder, type StudyPool } from '../core/pool.ts';
import type { PoolGate } from '../gates/contract.ts';
import { poolGate } from '../gates/pool-bit.ts';
import { comparedCases } from '../loop/decide.ts';
import { attemptLevelOf } from '../loop/levels.ts';
import type { PairMeasurer } from '../loop/pairs.ts';
import type { Pool } from '../loop/plan.ts';
import { sealedMeasure } from '../loop/sealed.ts';
import type { Config } from './config-schema.ts';
import { type GateRequest, gateRecordOf } from './gate-record.ts';

type Arms = EventBody['study.opened']['arms'];

/** What the study promises of it. @throws PacelineError `CONFIG_INVALID` for one that bears no attempt. */
export function poolPromise(
  { splits }: Config,
  { rule, arms }: { readonly rule: AcceptanceRule; readonly arms: Arms },
): StudyPool | undefined {
  const wanted = splits.confirm?.pool;
  if (wanted === undefined || rule.mode === 'exact') return undefined;
  const compared = comparedCases({ opened: { arms } });
  const asked = wanted.use === 'bit' ? askedCases({ cases: wanted.cases, compared }) : 0;
  const pool = { ...wanted, asked };
  const at = { attempt: 1, index: 1, acceptedBefore: 0 };
  const level = attemptLevelOf(rule, at, pool);
  const next = [{ level, acceptedBefore: 0 }];
  if (canConfirm(rule, pool, { drawn: 0, compared, next })) return pool;
  const most = maxPairs(rule, wanted.use === 'bit' ? bitLevel(rule, at) : level);
  const others =
    wanted.use === 'bit'
      ? `and ${wanted.cases - asked} are kept for ${MOST_PROMOTIONS} gains and the final comparisons`
      : `its gain as many, and the final comparisons ${compared}`;
  throw new PacelineError(
    'CONFIG_INVALID',
    `splits.confirm.pool has ${wanted.cases} cases; a first attempt may take ${most}, ${others}. Give more cases, fewer control arms, or plan for a larger rule.smallestEffect.`,
    { cases: wanted.cases, needed: most },
  );
}

/** Undefined where confirms draw cases without end. */
export function buildPool(
  request: GateRequest,
  measurer: PairMeasurer & { readonly opened: Pick<EventBody['study.opened'], 'metric' | 'pool'> },
): Pool | undefined {
  const { pool, metric } = measurer.opened;
  if (pool === undefined) return undefined;
  const order = poolOrder(measurer.secretRoot, pool.cases);
  if (pool.use === 'blocks') return { order };
  const asked = [...order.subarray(0, pool.asked)];
  const sealed = sealedMeasure(measurer, () => asked);
  const gate: PoolGate = poolGate({ ...gateRecordOf(request), metric, sealed });
  return { order, gate };
}
