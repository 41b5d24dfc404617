/** What the engine measures beside its trials, with what it cost: the CPU time of capability is on record as that of safety is. */
import type { EventDraft } from '../core/events.ts';
import type { Evaluator, Measured } from '../evaluators/contract.ts';
import type { Queue } from '../queues/contract.ts';
import type { Plan } from './plan.ts';

/** One entry, by a plan whose evaluators are metered: with repetitions, and both sides of every pair. */
export async function metered(
  plan: Plan,
  measure: (plan: Plan) => Promise<EventDraft>,
): Promise<EventDraft> {
  let cpuMs = 0;
  const count = (results: readonly Measured[]): readonly Measured[] => {
    for (const each of results) cpuMs += each.cpuMs;
    return results;
  };
  const evaluator = (one: Evaluator): Evaluator => ({
    traits: one.traits,
    measure: async (requests, signal) => count(await one.measure(requests, signal)),
    close: () => one.close(),
  });
  const queue = (one: Queue): Queue => ({
    traits: one.traits,
    measure: async (requests, signal, order) => count(await one.measure(requests, signal, order)),
    close: () => one.close(),
  });
  const { search, judge, verifier, stages } = plan;
  const draft = await measure({
    ...plan,
    search: queue(search),
    judge: evaluator(judge),
    ...(verifier ? { verifier: evaluator(verifier) } : {}),
    ...(stages ? { stages: stages.map((one) => ({ ...one, queue: queue(one.queue) })) } : {}),
  });
  // Evaluators that cannot tell what they cost leave nothing to say.
  return cpuMs > 0 ? ({ ...draft, meta: { cpuMs } } as EventDraft) : draft;
}
