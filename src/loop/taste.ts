/** Which of several drafts a trial tries, and what is expected of it: before it runs, from the fold at its horizon. */
import { foreseenOf, isAtRandom, overOf } from '../claims/foreseen.ts';
import type { Candidate } from '../core/candidate.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import type { ForecastRecord } from '../core/forecast.ts';
import type { AskRequest, Draft, Proposer } from '../proposers/contract.ts';
import type { Forecast, Taste } from '../tastes/contract.ts';
import type { Meter } from './measure.ts';
import type { Lane, Plan } from './plan.ts';
import { yardstick } from './screen.ts';
import { type ArmState, armOf, type StudyState } from './state.ts';

/** What a trial expects by: as it stood when the trial was asked. */
export interface Tasting {
  readonly taste: Taste;
  readonly state: unknown;
  readonly drafts: number;
  readonly atRandom: boolean;
}

/** Undefined in control arms, which learn nothing, and in studies without a taste. */
export function tastingOf(
  { opened, taste, publicRoot }: Plan,
  state: StudyState,
  { lane, trial }: { readonly lane: Lane; readonly trial: number },
): Tasting | undefined {
  if (opened.taste === undefined || taste === undefined || lane.fromOrigin) return undefined;
  const { drafts, explore } = opened.taste;
  const atRandom = isAtRandom(publicRoot.stream(trial, 'taste'), explore);
  return { taste, state: armOf(state, lane.arm).taste, drafts, atRandom };
}

/** Of one trial. What choosing takes is charged to it. */
interface Asking {
  readonly proposer: Proposer;
  readonly lane: unknown;
  readonly request: AskRequest;
  readonly meter: Meter;
  readonly clock: Plan['clock'];
}

/**
 * The draft that ranks highest of as many as the study looks at, copies left out; the first one where the draw
 * of the trial says so, or where its proposer gives one alone.
 */
export async function chooseDraft(tasting: Tasting | undefined, asking: Asking): Promise<Draft> {
  const { proposer, lane, request } = asking;
  const first = proposer.ask(lane, request);
  const isOne = tasting === undefined || tasting.atRandom || tasting.drafts === 1;
  if (isOne || !proposer.traits.redraws || first instanceof Promise) return first;
  const begun = begin(asking);
  const { drafts, considered } = moreDrafts(first, tasting.drafts, asking);
  const found = tasting.taste.predict(tasting.state, questionOf(drafts, asking));
  charge(asking, begun);
  return { ...bestOf(drafts, await found), considered };
}

function moreDrafts(first: Draft, count: number, { proposer, lane, request }: Asking) {
  const drafts = [first];
  const keys = new Set([first.key]);
  const seen = (key: string): boolean => keys.has(key) || request.seen(key);
  let { considered } = first;
  for (let i = 1; i < count; i++) {
    const draft = proposer.ask(lane, { ...request, seen });
    if (draft instanceof Promise) throw new Error(`${proposer.name} redraws, and answers late`);
    considered += draft.considered;
    if (seen(draft.key)) continue;
    keys.add(draft.key);
    drafts.push(draft);
  }
  return { drafts, considered };
}

function bestOf(drafts: readonly Draft[], forecasts: readonly (Forecast | undefined)[]): Draft {
  const rankOf = (at: number): number => forecasts[at]?.rank ?? Number.NEGATIVE_INFINITY;
  let best = 0;
  for (let at = 1; at < drafts.length; at++) if (rankOf(at) > rankOf(best)) best = at;
  return drafts[best] as Draft;
}

type Asked = Pick<Asking, 'meter' | 'clock'> & {
  readonly proposer: Pick<Proposer, 'name'>;
  readonly request: Pick<AskRequest, 'trial' | 'signal'>;
};

function questionOf(drafts: readonly Draft[], { proposer, request }: Asked) {
  const { trial, signal } = request;
  const asked = drafts.map(({ text, key, operator, parents, size }) => {
    return { text, key, operator, parents, size, proposer: proposer.name };
  });
  return { trial, drafts: asked, signal };
}

interface Begun {
  readonly wallMs: number;
  readonly cpuMs: number;
}

function begin({ clock }: Asked): Begun {
  return { wallMs: clock.monotonicMs(), cpuMs: clock.cpuMs() };
}

/**
 * CPU time of our own thread, which does nothing else meanwhile: no more than the clock on the wall shows, which
 * runs on while the machine is busy, and no more than all threads took.
 */
function charge({ meter, clock }: Asked, begun: Begun): void {
  const tookMs = Math.min(clock.monotonicMs() - begun.wallMs, clock.cpuMs() - begun.cpuMs);
  meter.cpuMs += tookMs;
  meter.tasteMs += tookMs;
}

/** What is recorded of a forecast; what it has to beat is known once the trial settles. */
export type Expected = Omit<ForecastRecord, 'over'>;

/** What is expected of the draft that will run. */
export async function expectedOf(
  tasting: Tasting | undefined,
  asked: Asked & { readonly draft: Draft },
): Promise<Expected | undefined> {
  if (tasting === undefined) return undefined;
  const begun = begin(asked);
  const found = tasting.taste.predict(tasting.state, questionOf([asked.draft], asked));
  charge(asked, begun);
  const [forecast] = await found;
  if (forecast === undefined) throw new Error(`${tasting.taste.name} forecasts nothing`);
  const { chance, effect, sd } = forecast;
  return {
    chance: Math.round(chance * STEPS) / STEPS,
    ...(effect === undefined ? {} : { effect: short(effect) }),
    ...(sd === undefined ? {} : { sd: short(sd) }),
    ...(tasting.atRandom ? { atRandom: true } : {}),
  };
}

/**
 * What people say of the draft that will run, before it runs: asked of a share of the trials that nobody chose,
 * by a draw of its own. Whatever they say, the trial goes on as it would have.
 */
export async function foretold(
  { people, publicRoot }: Plan,
  tasting: Tasting | undefined,
  asked: Asked & { readonly draft: Draft; readonly candidate: Candidate['id'] },
): Promise<readonly EventBody['forecast.made'][]> {
  if (people === undefined || !tasting?.atRandom) return [];
  const { trial } = asked.request;
  if (publicRoot.stream(trial, 'people').float() >= people.share) return [];
  const question = questionOf([asked.draft], asked);
  const said = await people.taste.predict(people.taste.init(), question);
  const { candidate } = asked;
  return said.flatMap((one) => {
    if (one === undefined) return [];
    const { chance, effect, by = people.taste.name } = one;
    return [{ by, candidate, chance, ...(effect === undefined ? {} : { effect }) }];
  });
}

/** Of a chance, and digits of a size: more would be bytes without a meaning. */
const STEPS = 10_000;
const DIGITS = 4;

function short(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

interface Settling {
  readonly state: StudyState;
  readonly arm: ArmState;
}

/** What the entry of a trial keeps: with what the candidate had to beat, as it stands now. */
export function forecastOf(
  plan: Plan,
  { state, arm }: Settling,
  { expected, draft }: { readonly expected?: Expected | undefined; readonly draft: Draft },
): { readonly forecast?: ForecastRecord } {
  if (expected === undefined) return {};
  const worth = worthOfParent(plan, { state, arm }, draft.parents);
  const { isPaired } = state;
  return { forecast: { ...expected, over: overOf({ isPaired, level: arm.level }, worth) } };
}

/** Oriented worth of the candidate a draft came from, as it is known now; of the incumbent where it is not. */
function worthOfParent(
  plan: Plan,
  { state, arm }: Settling,
  [parent]: readonly Candidate['id'][],
): number {
  const incumbent = yardstick(state, arm);
  if (parent === undefined || parent === arm.incumbent.id) return incumbent;
  const kept = plan.archive.find(arm.archive, parent);
  if (kept) return kept.score;
  return parent === plan.origin.id ? (state.floor?.location ?? incumbent) : incumbent;
}

/** What a taste learns of a settled trial. */
export function tellTaste(
  plan: Plan,
  arm: ArmState,
  { body, trial = -1 }: StoredEvent<'trial.settled'>,
): void {
  if (plan.taste === undefined || body.forecast === undefined) return;
  const { forecast } = body;
  const seen = foreseenOf(plan.opened.metric, body);
  arm.taste = plan.taste.tell(arm.taste, {
    ...foreseeableOf(body),
    trial,
    candidate: body.candidate,
    score: seen?.gain === undefined ? null : seen.gain + forecast.over,
    over: forecast.over,
    better: seen?.better ?? null,
    atRandom: forecast.atRandom === true,
    chance: forecast.chance,
  });
}

function foreseeableOf(body: EventBody['trial.settled']) {
  const { text, key, operator, proposer, parents, size } = body;
  return { text, key, operator, proposer, parents, size };
}
