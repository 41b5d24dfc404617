/**
 * Which lane a trial belongs to, and when it may be asked, are functions of its number alone.
 * That is what makes 1, 2 or 16 workers give the same study (contracts.md, decision 18).
 */
import type { EventBody } from '../core/events.ts';
import type { Lane } from './plan.ts';

export interface LanePlace {
  readonly arm: string;
  readonly sequential: boolean;
}

/** Slots of one round, or turns of an arm in one: fine enough for shares of a few percent. */
const CYCLE_LENGTH = 100;

/** Smooth weighted round robin: lane indices of one round, each as evenly spaced as its weight allows. */
export function buildCycle(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const credit = weights.map(() => 0);
  return Array.from({ length: CYCLE_LENGTH }, () => {
    let best = 0;
    weights.forEach((weight, lane) => {
      credit[lane] = (credit[lane] ?? 0) + weight;
      if ((credit[lane] ?? 0) > (credit[best] ?? 0)) best = lane;
    });
    credit[best] = (credit[best] ?? 0) - total;
    return best;
  });
}

/**
 * A round in which every arm has its turn once, and within its turns its own proposers by their
 * weights: arms that are compared by what they have in common must not differ in what they drew from.
 */
export function buildEqualCycle(
  lanes: readonly { readonly arm: string; readonly weight: number }[],
): readonly number[] {
  const arms = [...new Set(lanes.map(({ arm }) => arm))];
  const cycles = arms.map((name) => {
    const own = lanes.flatMap(({ arm, weight }, lane) => (arm === name ? [{ lane, weight }] : []));
    return buildCycle(own.map(({ weight }) => weight)).map((at) => own[at]?.lane ?? 0);
  });
  return Array.from({ length: CYCLE_LENGTH }, (_, turn) => turn).flatMap((turn) =>
    cycles.map((cycle) => cycle[turn] ?? 0),
  );
}

export function laneOf(cycle: readonly number[], trial: number): number {
  return cycle[trial % cycle.length] ?? 0;
}

/** The trial before `trial` in the same lane, or −1. */
function previousInLane(cycle: readonly number[], trial: number): number {
  const lane = laneOf(cycle, trial);
  const reach = Math.max(-1, trial - 1 - cycle.length);
  for (let t = trial - 1; t > reach; t--) if (laneOf(cycle, t) === lane) return t;
  return -1;
}

/**
 * Trial `trial` is asked when exactly the trials below its horizon are settled: `lookahead − 1`
 * trials may be in flight before it, and a sequential lane also waits for its own last trial.
 */
export function horizonOf(
  trial: number,
  schedule: {
    readonly cycle: readonly number[];
    readonly lanes: readonly LanePlace[];
    readonly lookahead: number;
  },
): number {
  const window = Math.max(0, trial - schedule.lookahead + 1);
  const lane = schedule.lanes[laneOf(schedule.cycle, trial)];
  if (!lane?.sequential) return window;
  return Math.max(window, previousInLane(schedule.cycle, trial) + 1);
}

/** Whether its proposer takes parents from the archive of its arm. */
export function isBreeding({ fromOrigin, proposer }: Lane): boolean {
  return !fromOrigin && proposer.traits.breeds === true;
}

/** As the first entry holds it; who breeds is said where elites are measured again for their sake. */
export function laneRecord(
  lane: Lane,
  elites: EventBody['study.opened']['elites'],
): EventBody['study.opened']['lanes'][number] {
  const { arm, proposer, instance, sequential } = lane;
  const breeds = elites !== undefined && isBreeding(lane);
  const { name, traits } = proposer;
  return {
    arm,
    proposer: name,
    instance,
    sequential,
    ...(breeds ? { breeds } : {}),
    ...(traits.repeats ? { repeats: true } : {}),
    ...(traits.outside ? { outside: true } : {}),
    ...(traits.paid ? { paid: true } : {}),
    ...(traits.waits ? { waits: true } : {}),
    ...(traits.holdsCredentials ? { holdsCredentials: true } : {}),
  };
}
