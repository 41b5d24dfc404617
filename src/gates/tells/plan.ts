/** Which rows of the table are toggled together, and in what order inputs are asked, at each tier. */
import type { Rng } from '../../core/rng.ts';
import type { Conditions } from '../../evaluators/contract.ts';
import { shuffled } from '../calls/task-inputs.ts';
import type { Tier } from '../contract.ts';
import type { Bench } from './bench.ts';
import {
  BATCHES,
  BATCHES_DEEP,
  clockSweep,
  clockTells,
  SURROUNDINGS,
  type Tell,
  together,
  WARMUPS_DEEP,
} from './table.ts';

/** Tells that one call toggles. */
export interface Toggle {
  readonly tells: readonly Tell[];
  /** What the candidate answered before may matter: a program with a memory of its own may differ honestly. */
  readonly isHistory: boolean;
}

export interface Plan {
  readonly toggles: readonly Toggle[];
  /** Names of tells that cannot be set here. */
  readonly notSet: readonly string[];
  /** Names of tells that are toggled, alone or in company. */
  readonly looked: readonly string[];
}

const PAIRS_DEEP = 40;

interface PlanRequest {
  readonly tier: Tier;
  readonly bench: Bench;
  readonly nowMs: number;
  readonly rng: Rng;
}

export function planOf({ tier, bench, nowMs, rng }: PlanRequest): Plan {
  const isDeep = tier === 'deep';
  const clocks = [...clockTells(nowMs), ...(isDeep ? clockSweep(nowMs) : [])];
  const plain = [...SURROUNDINGS, ...clocks];
  const history = [
    ...[...BATCHES, ...(isDeep ? BATCHES_DEEP : [])].map(batch),
    ...(isDeep ? WARMUPS_DEEP.map((count) => warmup(count, bench)) : []),
  ];
  const canSet = ({ sets }: Tell): boolean => bench.sets.includes(sets);
  const settable = plain.filter(canSet);
  const shown = clocks.filter(canSet);
  const sides = (['test', 'use'] as const).map((side) => settable.filter((t) => t.side === side));
  const company = [
    ...sides.map((tells) => ({ tells, isHistory: false })),
    ...history.filter(canSet).map((tell) => ({ tells: [tell], isHistory: true })),
  ];
  const alone = settable.map((tell) => ({ tells: [tell], isHistory: false }));
  const toggles = isDeep
    ? [...company, ...alone, ...pairs(settable, rng)]
    : // A clock shows one time in each call: each call that is made anyway shows another.
      withClocks(company, shown);
  const names = (tells: readonly Tell[]): string[] => tells.map(({ name }) => name);
  return {
    toggles: toggles.filter(({ tells }) => tells.length > 0),
    looked: [...names(settable), ...names(history.filter(canSet))],
    notSet: names([...plain, ...history].filter((tell) => !canSet(tell))),
  };
}

function withClocks(company: readonly Toggle[], clocks: readonly Tell[]): readonly Toggle[] {
  const rest = clocks.slice(company.length);
  return [
    ...company.map(({ tells, isHistory }, at) => {
      const clock = clocks[at];
      return { tells: clock ? [...tells, clock] : tells, isHistory };
    }),
    ...rest.map((clock) => ({ tells: [clock], isHistory: false })),
  ];
}

function batch(count: number): Tell {
  const conditions = { batch: count };
  return { name: `${count} inputs at a time`, side: 'alone', sets: 'batch', conditions };
}

function warmup(count: number, { inputs, probes }: Bench): Tell {
  const others = inputs.slice(probes.length);
  const from = others.length > 0 ? others : inputs;
  const conditions: Conditions = {
    warmup: Array.from({ length: count }, (_, at) => from[at % from.length] ?? null),
  };
  return { name: `after ${count} answers`, side: 'alone', sets: 'warmup', conditions };
}

/** Two rows at once, drawn: what asks for both, as for a weekend in production. */
function pairs(tells: readonly Tell[], rng: Rng): readonly Toggle[] {
  if (tells.length < 2) return [];
  return Array.from({ length: PAIRS_DEEP }, () => {
    const order = shuffled(rng, tells.length);
    const [a, b] = [tells[order[0] as number] as Tell, tells[order[1] as number] as Tell];
    return { tells: [a, b], isHistory: false };
  });
}

export function conditionsOf({ tells }: Toggle): Conditions {
  return together(tells);
}

export function nameOf({ tells }: Toggle): string {
  const [first] = tells;
  if (tells.length === 1 && first) return first.name;
  if (tells.length === 2) return tells.map(({ name }) => name).join(' with ');
  return first?.side === 'test' ? 'all that a test has' : 'all that use has';
}
