/**
 * Confirms on a pool that all attempts share: the whole of it is measured, always, and what leaves is
 * accepted or not. What was measured is in the gate's record before the bit is told.
 */
import type { Metric } from '../claims/orient.ts';
import { poolVerdict } from '../claims/pool.ts';
import type { GateBody } from '../core/holdout.ts';
import type { PoolAnswer, PoolGate, PoolRequest, SealedMeasure } from './contract.ts';
import { type EntryOf, type Kept, type KeptParts, openKept } from './kept.ts';

export interface PoolGateParts extends KeptParts {
  readonly metric: Pick<Metric, 'goal' | 'kind'>;
  readonly sealed: SealedMeasure;
}

/** The one set there is. */
const POOL = 1;

/** Every call may throw `GATE_STORE` when the record is not what a gate of this study wrote. */
export function poolGate(parts: PoolGateParts): PoolGate {
  let known: Kept | undefined;
  const kept = (): Kept => (known ??= openKept(parts));
  return {
    requireEntry: (stamp) => kept().require(stamp),
    confirm: async (request, signal) => confirm(parts, { kept: kept(), request }, signal),
    close: () => known?.close(),
  };
}

interface Asked {
  readonly kept: Kept;
  readonly request: PoolRequest;
}

async function confirm(
  { metric, sealed }: PoolGateParts,
  { kept, request }: Asked,
  signal: AbortSignal,
): Promise<PoolAnswer> {
  const { arm, attempt, candidate, against, level, spec, isRepeatable } = request;
  const names = { arm, attempt, candidate: candidate.id, against: against.id };
  const given = kept.of('pooled').find(({ body }) => isSame(body, names));
  if (given) return answerOf(given);
  const known = isRepeatable ? valuesOf(kept, against.id) : undefined;
  const question = { generation: POOL, candidate, against, isRepeatable, isAgainstKnown: !!known };
  const measured = await sealed.measure(question, signal);
  const { values, againstValues = known ?? [], evals } = measured;
  const verdict = poolVerdict({ level, spec }, { values, againstValues }, metric);
  return answerOf(
    kept.write('pooled', { ...names, level, spec, verdict, evals, values, againstValues }),
  );
}

function isSame(body: GateBody<'pooled'>, names: Partial<GateBody<'pooled'>>): boolean {
  return (['arm', 'attempt', 'candidate', 'against'] as const).every(
    (key) => body[key] === names[key],
  );
}

/** Of an incumbent that was measured before, as either side. */
function valuesOf(kept: Kept, id: string): readonly (number | null)[] | undefined {
  const found = kept
    .of('pooled')
    .findLast(({ body }) => [body.candidate, body.against].includes(id));
  if (found === undefined) return undefined;
  return found.body.candidate === id ? found.body.values : found.body.againstValues;
}

function answerOf({ entry, evidence, body }: EntryOf<'pooled'>): PoolAnswer {
  return { verdict: body.verdict, evals: body.evals, entry, evidence };
}
