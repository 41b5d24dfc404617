/**
 * What score cards are made from, in one pass: who proposed what, what it cost, what was expected of it and what
 * came of it. Bounded by proposers and people, and by the latest forecasts of each.
 */
import { foreseenOf } from '../../claims/foreseen.ts';
import { orient } from '../../claims/orient.ts';
import type { EventType, StoredEvent } from '../../core/events.ts';
import type { Scored } from '../../stats/forecast-score.ts';
import { noiseFloor } from '../../stats/noise-floor.ts';

type Settled = StoredEvent<'trial.settled'>;

/** Entries that any card may use. */
export const CARD_TYPES: readonly EventType[] = [
  'study.opened',
  'study.steered',
  'noise.measured',
  'forecast.made',
  'trial.settled',
  'candidate.promoted',
];

/** Forecasts of one that are scored, the latest: pairs of them are compared. */
export const MOST_SCORED = 2000;

/** Of a trial that nobody chose, in units of the noise scale or, without one, of the metric. */
export interface Idea {
  readonly better: boolean;
  readonly gain?: number;
}

/** A proposer, or a person who handed something in. */
export interface ProposerTally {
  readonly by: string;
  trials: number;
  /** Trials with a candidate that nothing barred, and those of them that were fit to be measured. */
  offered: number;
  valid: number;
  /** Of the valid ones, those with a score: what the machine or the budget ended is in none of the three. */
  scored: number;
  copies: number;
  promoted: number;
  evals: number;
  cpuMs: number;
  tasteMs: number;
  tokens: number;
  microUsd: number;
  readonly ideas: Idea[];
  /** What the taste expected of them, and what they expected themselves. */
  readonly expected: Scored[];
  readonly own: Scored[];
}

export interface CardTally {
  opened: StoredEvent<'study.opened'>['body'] | undefined;
  scale: number;
  /** Who handed in, by the steering's id. */
  readonly writers: Map<string, string>;
  /** Words of people about trials under way, the first of each. */
  readonly foretold: Map<number, Map<string, StoredEvent<'forecast.made'>['body']>>;
  readonly proposers: Map<string, ProposerTally>;
  /** Of the taste over all trials that nobody chose, and of people on those they were asked about. */
  readonly taste: Scored[];
  readonly people: Map<string, Scored[]>;
  /** Trials that nobody chose and that said something. */
  judged: number;
  better: number;
  /** Whose trial is under way to a promotion. */
  readonly challengers: Map<number, string>;
}

export function newCards(): CardTally {
  return {
    opened: undefined,
    scale: 0,
    writers: new Map(),
    foretold: new Map(),
    proposers: new Map(),
    taste: [],
    people: new Map(),
    judged: 0,
    better: 0,
    challengers: new Map(),
  };
}

export function addToCards(cards: CardTally, event: StoredEvent): void {
  switch (event.type) {
    case 'study.opened':
      cards.opened = event.body;
      return;
    case 'study.steered':
      if (event.body.takes) cards.writers.set(event.body.id, event.body.by);
      return;
    case 'noise.measured':
      cards.scale = scaleOf(cards, event.body.values);
      return;
    case 'forecast.made':
      addForetold(cards, event);
      return;
    case 'trial.settled':
      addSettled(cards, event);
      return;
    case 'candidate.promoted':
      addPromoted(cards, event);
  }
}

function scaleOf({ opened }: CardTally, values: readonly number[]): number {
  if (opened === undefined) return 0;
  return noiseFloor(values.map((value) => orient(opened.metric, value))).scale;
}

function addForetold(cards: CardTally, { trial = -1, body }: StoredEvent<'forecast.made'>): void {
  const said = cards.foretold.get(trial) ?? new Map();
  if (!said.has(body.by)) said.set(body.by, body);
  cards.foretold.set(trial, said);
}

function addPromoted(cards: CardTally, { trial = -1 }: StoredEvent<'candidate.promoted'>): void {
  const by = cards.challengers.get(trial);
  if (by !== undefined) proposerOf(cards, by).promoted += 1;
}

const NOTHING_YET = {
  trials: 0,
  offered: 0,
  valid: 0,
  scored: 0,
  copies: 0,
  promoted: 0,
  evals: 0,
  cpuMs: 0,
  tasteMs: 0,
  tokens: 0,
  microUsd: 0,
};

function proposerOf({ proposers }: CardTally, by: string): ProposerTally {
  const known = proposers.get(by);
  if (known) return known;
  const made = { by, ...NOTHING_YET, ideas: [], expected: [], own: [] };
  proposers.set(by, made);
  return made;
}

/** Of searches: control arms propose what they are told to, and learn nothing. */
function addSettled(cards: CardTally, event: Settled): void {
  const { opened, foretold } = cards;
  const { body, trial = -1 } = event;
  const search = opened?.arms.find(({ name }) => name === body.arm)?.search;
  if (search !== 'improver') return;
  const by = (body.writtenIn && cards.writers.get(body.writtenIn)) ?? body.proposer;
  const own = proposerOf(cards, by);
  addWork(own, event);
  if (body.end === null) cards.challengers.set(trial, by);
  addIdea(cards, own, event);
  foretold.delete(trial);
}

const SPOILED: ReadonlySet<string> = new Set(['infra-error', 'over-budget']);

function addWork(own: ProposerTally, { body, meta }: Settled): void {
  own.trials += 1;
  own.evals += body.evals;
  own.cpuMs += meta.cpuMs ?? 0;
  own.tasteMs += meta.tasteMs ?? 0;
  own.tokens += body.spent?.tokens ?? 0;
  own.microUsd += body.spent?.microUsd ?? 0;
  if (body.end === 'duplicate') {
    own.copies += 1;
    return;
  }
  if (body.barredBy !== undefined || SPOILED.has(body.outcome)) return;
  own.offered += 1;
  if (body.outcome === 'invalid') return;
  own.valid += 1;
  if (body.outcome === 'scored') own.scored += 1;
}

function addIdea(cards: CardTally, own: ProposerTally, { body, trial = -1 }: Settled): void {
  const { opened, scale } = cards;
  const seen = opened && foreseenOf(opened.metric, body);
  if (seen === undefined || body.forecast?.atRandom !== true) return;
  const { better } = seen;
  cards.judged += 1;
  if (better) cards.better += 1;
  const gain = seen.gain === undefined ? {} : { gain: seen.gain / (scale || 1) };
  push(own.ideas, { better, ...gain });
  const { chance } = body.forecast;
  for (const list of [own.expected, cards.taste])
    push(list, { chance, rank: chance, better, ...gain });
  if (body.expected !== undefined) push(own.own, { rank: body.expected, better, ...gain });
  for (const [by, said] of cards.foretold.get(trial) ?? []) {
    const list = cards.people.get(by) ?? [];
    push(list, { chance: said.chance, rank: said.chance, better, ...gain });
    cards.people.set(by, list);
  }
}

function push<T>(list: T[], one: T): void {
  list.push(one);
  if (list.length > MOST_SCORED) list.shift();
}
