/** The promises of the taste contract as tests, for every driver, ours and yours. */
import assert from 'node:assert/strict';
import { sha256 } from '../core/hash.ts';
import { publicRoot } from '../core/rng.ts';
import type { Forecast, Foreseeable, Judged, Question, Taste } from '../tastes/contract.ts';
import type { Suite } from './suite.ts';

export interface TasteSubject {
  /** A fresh instance; all instances are the same taste. */
  readonly create: () => Taste;
  /** Text of the candidate of that number, one that the taste can read. Pure. */
  readonly textOf: (number: number) => string;
  /** Bytes that a state may take, however many trials it was told of. */
  readonly limit: number;
}

/** Enough for a taste to have learnt, and to forget. */
const TRIALS = 120;
/** Steps between two looks at what costs a copy of the state. */
const EVERY = 7;
const DRAFTS = 3;
const ROOT = publicRoot('conformance of tastes');

export function tasteConformance(suite: Suite, subject: TasteSubject): void {
  const law = (name: string, check: (subject: TasteSubject) => Promise<void>): void =>
    suite.test(name, () => check(subject));
  law('a forecast is a chance, with finite sizes or none', forecastsFit);
  law('predict leaves the state as it was', predictsOnly);
  law('tell leaves the state it was given as it was', tellsAnew);
  law('the same state and question give the same answer', repeats);
  law('a state is plain data: encoded and decoded it goes on alike', copiesGoOn);
  law('a state is bounded', isBounded);
  law('what nobody learns from changes nothing that is forecast', ignoresCopies);
}

interface Step {
  readonly state: unknown;
  readonly question: Question;
  readonly judged: Judged;
}

async function rehearse(subject: TasteSubject, trials = TRIALS) {
  const taste = subject.create();
  const steps: Step[] = [];
  let state = taste.init();
  for (let trial = 0; trial < trials; trial++) {
    const question = questionOf(subject, trial);
    const judged = judgedOf(question);
    steps.push({ state, question, judged });
    state = taste.tell(state, judged);
  }
  return { taste, steps, end: state };
}

function sampled(steps: readonly Step[]): readonly Step[] {
  return steps.filter((_, i) => i % EVERY === 0);
}

function questionOf(subject: TasteSubject, trial: number): Question {
  const { signal } = new AbortController();
  const drafts = Array.from({ length: DRAFTS }, (_, i) => draftOf(subject, trial * DRAFTS + i));
  return { trial, drafts, signal };
}

function draftOf({ textOf }: TasteSubject, number: number): Foreseeable {
  const text = textOf(number);
  const parents = number === 0 ? [] : [sha256(textOf(Math.floor(number / 2)))];
  const operator = ['point', 'grow', 'crossover'][number % 3] as string;
  return {
    text,
    key: sha256(text),
    operator,
    proposer: 'genetic',
    parents,
    size: 1 + (number % 9),
  };
}

/** Now and then without a score, a copy, or chosen by somebody. */
function judgedOf({ trial, drafts }: Question): Judged {
  const [draft] = drafts as [Foreseeable];
  const rng = ROOT.stream(trial, 'judge');
  const score = rng.int(9) === 0 ? null : rng.normal();
  const over = rng.normal() / 2;
  const better = rng.int(11) === 0 ? null : score !== null && score > over;
  const said = { score, over, better, atRandom: rng.int(3) > 0, chance: rng.float() };
  return { ...draft, trial, candidate: sha256(draft.text), ...said };
}

async function forecastsFit(subject: TasteSubject): Promise<void> {
  const { taste, steps } = await rehearse(subject);
  const fits = (value: number | undefined): boolean =>
    value === undefined || Number.isFinite(value);
  for (const { state, question } of steps) {
    const forecasts = await taste.predict(state, question);
    assert.equal(forecasts.length, question.drafts.length);
    for (const one of forecasts) {
      if (one === undefined && !taste.traits.repeatable) continue;
      const { chance, effect, sd, rank } = one as Forecast;
      assert.ok(chance >= 0 && chance <= 1, `a chance of ${chance}`);
      assert.ok(Number.isFinite(rank) && fits(effect) && fits(sd), JSON.stringify(one));
      assert.ok(sd === undefined || sd >= 0, `a deviation of ${sd}`);
    }
  }
}

async function predictsOnly(subject: TasteSubject): Promise<void> {
  const { taste, steps } = await rehearse(subject);
  for (const { state, question } of sampled(steps)) {
    const before = structuredClone(state);
    await taste.predict(state, question);
    assert.deepEqual(state, before);
  }
}

async function tellsAnew(subject: TasteSubject): Promise<void> {
  const { taste, steps } = await rehearse(subject);
  for (const { state, judged } of sampled(steps)) {
    const before = structuredClone(state);
    taste.tell(state, judged);
    assert.deepEqual(state, before, 'a trial under way would see what came later');
  }
}

async function repeats(subject: TasteSubject): Promise<void> {
  const { taste, steps } = await rehearse(subject);
  if (!taste.traits.repeatable) return;
  for (const { state, question } of steps) {
    const answer = taste.predict(state, question);
    assert.ok(!(answer instanceof Promise), 'a taste that may choose answers at once');
    assert.deepEqual(await subject.create().predict(state, question), answer);
  }
}

async function copiesGoOn(subject: TasteSubject): Promise<void> {
  const { taste, steps, end } = await rehearse(subject);
  for (const at of [0, 1, TRIALS / 2]) {
    let state = structuredClone((steps[at] as Step).state);
    for (const { judged } of steps.slice(at)) state = subject.create().tell(state, judged);
    assert.deepEqual(state, end);
    const question = questionOf(subject, TRIALS);
    assert.deepEqual(await taste.predict(state, question), await taste.predict(end, question));
  }
}

async function isBounded(subject: TasteSubject): Promise<void> {
  const { end } = await rehearse(subject, 4 * TRIALS);
  const bytes = sizeOf(end);
  assert.ok(bytes <= subject.limit, `${bytes} bytes, not ${subject.limit}`);
}

function sizeOf(state: unknown): number {
  return JSON.stringify(state, (_, value) =>
    ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
  ).length;
}

async function ignoresCopies(subject: TasteSubject): Promise<void> {
  const { taste, end } = await rehearse(subject);
  const question = questionOf(subject, TRIALS);
  const copy = { ...judgedOf(question), better: null, score: null };
  const after = taste.tell(end, copy);
  assert.deepEqual(await taste.predict(after, question), await taste.predict(end, question));
}
