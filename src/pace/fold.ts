/** Entries of the ledger, folded into what the pace stands on. */
import { orient } from '../claims/orient.ts';
import type { AcceptanceRule } from '../claims/rule.ts';
import type { EventType, StoredEvent } from '../core/events.ts';
import { HOLDOUT_EVENTS } from '../core/holdout.ts';
import { SAFETY_EVENTS } from '../core/safety-events.ts';
import { noiseFloor } from '../stats/noise-floor.ts';
import { completenessAhead, debtOf, gainOf } from './debt.ts';
import { applyFinished, applyOpened, applyRolledBack, unfit } from './fold-audits.ts';
import { applyApproval, applyJoined, applyJudged } from './fold-gate.ts';
import { TIMES_KEPT } from './rules.ts';
import type { PaceState } from './state.ts';

/** The arm that promotes. */
export const MAIN_ARM = 'main';

type Handlers = {
  readonly [T in EventType]?: (state: PaceState, event: StoredEvent<T>) => void;
};

/**
 * Changes `state` by one entry; those that say nothing of the pace leave all but its times as they are.
 * Nothing in it reads when an entry was written: a wall clock that jumps changes nothing.
 * @throws PacelineError `LEDGER_ALTERED` for an audit, a promotion or a rollback that cannot follow.
 */
export function applyPace(state: PaceState, event: StoredEvent): void {
  state.activeMs = Math.max(state.activeMs, event.meta.wallMs ?? 0);
  if (event.type === 'study.opened') applyStudyOpened(state, event);
  if (state.promise === undefined) return;
  countCpu(state, event);
  const handle = HANDLERS[event.type] as ((s: PaceState, e: StoredEvent) => void) | undefined;
  handle?.(state, event);
}

const HANDLERS: Handlers = {
  'study.resumed': (state) => {
    state.isEndDeferred = false;
    state.deferrals = 0;
  },
  'noise.measured': applyNoise,
  'candidate.promoted': applyPromoted,
  'candidate.rolled-back': (state, event) => {
    if (event.body.arm === MAIN_ARM) applyRolledBack(state, event);
  },
  'audit.opened': applyOpened,
  'audit.finished': applyFinished,
  'incident.opened': (state, { body: { incident, kind, candidate } }) => {
    const about = candidate === undefined ? {} : { candidate };
    state.incidents = [...state.incidents, { incident, kind, ...about }];
  },
  'incident.closed': (state, { body }) => {
    state.incidents = state.incidents.filter(({ incident }) => incident !== body.incident);
  },
  'gate.rated': (state, { body }) => {
    state.isFrozen = body.frozen;
  },
  'gate.judged': applyJudged,
  'gatekeeper.joined': applyJoined,
  'approval.requested': applyApproval,
  'approval.decided': applyApproval,
};

function applyStudyOpened(state: PaceState, { body }: StoredEvent<'study.opened'>): void {
  const rule = body.rule as AcceptanceRule;
  state.promise = body.gates;
  state.metric = body.metric;
  state.smallestEffect = rule.mode === 'exact' ? undefined : rule.smallestEffect;
  state.incumbent = body.origin;
  state.certified = { candidate: body.origin, level: undefined, gain: 0 };
}

/** Of an exact study the level is the verifier's, as its gains are. */
function applyNoise(state: PaceState, { body }: StoredEvent<'noise.measured'>): void {
  const { metric, smallestEffect } = state;
  if (metric === undefined) return;
  const floor = noiseFloor(body.values.map((value) => orient(metric, value)));
  const { verified } = body;
  const effect = (smallestEffect ?? 0) * floor.scale;
  state.scale = {
    metric,
    isRatio: [...body.values, verified ?? 1].every((value) => value > 0),
    ...(effect > 0 ? { smallestEffect: effect } : {}),
  };
  state.level = verified === undefined ? floor.location : orient(metric, verified);
  state.certified = { ...state.certified, level: state.level };
}

function applyPromoted(state: PaceState, event: StoredEvent<'candidate.promoted'>): void {
  const { body, seq } = event;
  const { promise, certified } = state;
  if (body.arm !== MAIN_ARM || promise === undefined) return;
  if (body.from !== state.incumbent) throw unfit(seq, 'promotes over what is not the incumbent');
  const { candidate } = body;
  const gain = gainOf(state, body);
  const debt = debtOf(promise, gain);
  const level = state.level === undefined ? undefined : state.level + body.gain;
  const completeness = completenessAhead(state, candidate);
  state.promotions += 1;
  if (completeness !== undefined) {
    state.certified = { candidate, level, gain: certified.gain + gain };
    state.residue += debt * (1 - completeness);
  } else {
    const { promotions: promotion } = state;
    const isSampled = state.floors.some((one) => one.candidate === candidate && one.isSampled);
    state.unaudited = [...state.unaudited, { candidate, promotion, gain, debt, level, isSampled }];
  }
  state.ahead = undefined;
  state.incumbent = candidate;
  state.level = level;
  state.generationMs = [...state.generationMs, state.activeMs - state.promotedAtMs].slice(
    -TIMES_KEPT,
  );
  state.promotedAtMs = state.activeMs;
}

/**
 * CPU time on record. What a study without a gatekeeper would measure as well is capability: trials, references,
 * confirms, blocks, comparisons. Older audits say what they took in their body alone.
 */
export function cpuOf({ type, body, meta }: StoredEvent): {
  readonly isSafety: boolean;
  readonly ms: number;
} {
  const { cpuMs: ms = type === 'audit.finished' ? body.cpuMs : 0 } = meta;
  return { isSafety: SAFETY.has(type), ms };
}

function countCpu(state: PaceState, event: StoredEvent): void {
  const { isSafety, ms } = cpuOf(event);
  if (isSafety) state.safetyCpuMs += ms;
  else state.searchCpuMs += ms;
}

/** The sealed hold-out is check C4. */
const SAFETY: ReadonlySet<string> = new Set([
  ...Object.keys(SAFETY_EVENTS),
  ...Object.keys(HOLDOUT_EVENTS),
]);
