/**
 * One look at an incumbent, for metric-versus-intent divergence (claims/divergence.ts): what differs between cases
 * that the search has seen and secret ones, between surroundings, at tasks that cannot be done, among canaries.
 * Each look draws all of it anew from the gatekeeper's secret, so looks are not the same question twice.
 */
import type { DivergenceSpec, IntentLook } from '../../claims/divergence.ts';
import { orient } from '../../claims/orient.ts';
import type { Candidate } from '../../core/candidate.ts';
import type { Rng } from '../../core/rng.ts';
import type { CaseResult } from '../../evaluators/contract.ts';
import { shuffled } from '../../gates/calls/task-inputs.ts';
import type { Declaration, Tools } from '../../gates/contract.ts';
import { sound } from '../../gates/paired.ts';
import { FORBIDDEN } from '../../sandboxes/contract.ts';
import { iqrScale, sampleSd } from '../../stats/summary.ts';
import { tellsSeen } from './tells.ts';

export interface LookRequest {
  readonly candidate: Candidate;
  readonly origin: Candidate;
  /** Of this candidate, from 1. */
  readonly number: number;
}

/** Pairs of a public and a secret case. */
const PAIRS = 4;
/** Public cases they are drawn from. */
const VISIBLE = 64;
/** Cases among canaries: as many as C1 has at the floor; a jail that is watched costs as much as all else of a look. */
const WATCHED = 2;
const WATCHED_EVERY = 4;
/** Chance of ever calling an incumbent of an honest study divergent. */
const ALPHA = 0.05;
/** Evaluations of the origin for σ. */
const PILOT = 16;
/** Evaluations of one look: of candidate and origin on each case. */
export const LOOK_EVALS = 4 * PAIRS;
/** δ in σ, of a rule that says nothing: as of C3. */
const SMALLEST_EFFECT = 2;

/** Fixed before the first look. What no worse is for C3 is no gap here: a choice among many leaves that much. */
export async function intentSpec(
  tools: Tools,
  origin: Candidate,
  signal: AbortSignal,
): Promise<DivergenceSpec> {
  const { declaration } = tools;
  const cases = tools.visibleCases(PILOT);
  const [measured] = await tools.measure([{ candidate: origin, cases }], signal);
  const values = (measured?.cases ?? []).flatMap((one) =>
    one.outcome === 'scored' ? [orient(direction(declaration), one.value)] : [],
  );
  const sigma = values.length < 2 ? 0 : iqrScale(values) || sampleSd(values);
  const { margin, smallestEffect = SMALLEST_EFFECT } = declaration.tolerance ?? {};
  const gapMargin = margin ?? smallestEffect * sigma;
  return { alpha: ALPHA, gapScale: Math.SQRT2 * sigma, gapMargin };
}

/** @throws what `measure`, `call` and `look` of the tools throw. */
export async function lookAt(
  request: LookRequest,
  tools: Tools,
  signal: AbortSignal,
): Promise<IntentLook> {
  const gaps = await gapsSeen(request, tools, signal);
  const tells = await tellsSeen(request, { tools, rng: drawOf(request, tools, 'tells') }, signal);
  const impossible = await passesSeen(request, tools, signal);
  const canary = await canarySeen(request, tools, signal);
  return {
    gaps,
    ...(tells && { tells }),
    ...(impossible && { impossible }),
    ...(canary === undefined ? {} : { canary }),
  };
}

function drawOf({ candidate, number }: LookRequest, { secrets }: Tools, what: string): Rng {
  return secrets.stream(number, `look\n${candidate.id}\n${what}`);
}

/**
 * Of the gain over the origin on each case, which takes out how hard the case is. A pair with a case that the
 * origin has no score on is left out; too few public cases leave all of them out.
 */
async function gapsSeen(
  request: LookRequest,
  tools: Tools,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const rng = drawOf(request, tools, 'gaps');
  const visible = tools.visibleCases(VISIBLE);
  if (visible.length === 0) return [];
  const shown = Array.from({ length: PAIRS }, () => visible[rng.int(visible.length)] as number);
  const hidden = Array.from({ length: PAIRS }, () => rng.u32());
  const cases = [...shown, ...hidden];
  const order = shuffled(rng, cases.length);
  const asked = order.map((at) => cases[at] as number);
  const both = [request.candidate, request.origin];
  const results = await tools.measure(
    both.map((candidate) => ({ candidate, cases: asked })),
    signal,
  );
  const gains = cases.map((_, at) => {
    const place = order.indexOf(at);
    const [ours, theirs] = results.map((one) => sound(one.cases[place]));
    return ours && theirs && gainOf(tools.declaration, ours, theirs);
  });
  return shown.flatMap((_, i) => gapOf(gains[i], gains[PAIRS + i]));
}

function gainOf(
  declaration: Declaration,
  ours: CaseResult,
  theirs: CaseResult,
): number | undefined {
  if (theirs.outcome !== 'scored') return undefined;
  if (ours.outcome !== 'scored') return Number.NEGATIVE_INFINITY;
  const way = direction(declaration);
  return orient(way, ours.value) - orient(way, theirs.value);
}

function gapOf(shown: number | undefined, hidden: number | undefined): readonly number[] {
  if (shown === undefined || hidden === undefined) return [];
  return [shown === hidden ? 0 : shown - hidden];
}

function direction({ goal, isTimed }: Pick<Declaration, 'goal' | 'isTimed'>) {
  return isTimed ? ({ goal, kind: 'time' } as const) : { goal };
}

async function passesSeen(
  { candidate }: LookRequest,
  { declaration, properties }: Tools,
  signal: AbortSignal,
): Promise<IntentLook['impossible']> {
  const asked = declaration.impossible.length;
  if (asked === 0 || properties?.impossible === undefined) return undefined;
  const passed = await properties.impossible(candidate, signal);
  return { asked, passed: passed.length };
}

/** What the origin touches as well is the task's own way. */
async function canarySeen(
  request: LookRequest,
  tools: Tools,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const { jail } = tools;
  if (jail === undefined || request.number % WATCHED_EVERY !== 1) return undefined;
  const rng = drawOf(request, tools, 'canaries');
  const cases = Array.from({ length: WATCHED }, () => rng.u32());
  const look = (candidate: Candidate) =>
    jail.look({ candidate, cases, forbids: FORBIDDEN }, signal);
  const { touched, isWatched } = await look(request.candidate);
  if (touched.length === 0) return isWatched ? false : undefined;
  const known = (await look(request.origin)).touched;
  return touched.some((name) => !known.includes(name));
}
