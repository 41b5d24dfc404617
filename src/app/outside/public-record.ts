/**
 * What of a ledger everybody may see, read in one pass: the origin's level, the trials of the search as their
 * screens saw them, promotions with the gain that was shown, what was handed in, and comparisons. What a confirm,
 * a gate or a sealed set said stays where it is: of a challenger that was not promoted it is not told which of
 * them stood against it, as no proposer is told (proposers/outside/shown.ts).
 */
import { levelOf, type Metric } from '../../claims/orient.ts';
import { PacelineError } from '../../core/errors.ts';
import type { EventBody, StoredEvent } from '../../core/events.ts';
import { MAIN_ARM } from '../../loop/plan.ts';
import type { Ledger } from '../../stores/contract.ts';

export type PublicTrial = Pick<
  EventBody['trial.settled'],
  | 'candidate'
  | 'proposer'
  | 'operator'
  | 'outcome'
  | 'values'
  | 'againstValues'
  | 'admitted'
  | 'message'
  | 'hypothesis'
  | 'mechanism'
  | 'expected'
  | 'expectedInterval'
  | 'writtenIn'
> & {
  readonly trial: number;
  /** As its screen ended it; absent of a challenger. */
  readonly end?: string;
};

export interface PublicPromotion {
  readonly body: EventBody['candidate.promoted'];
  readonly trial: number;
  readonly text: string;
  readonly fromText: string;
  readonly operator: string;
  readonly hypothesis?: string;
}

export interface PublicRecord {
  readonly opened: EventBody['study.opened'];
  /** Level of the origin, in the metric's unit. */
  readonly originLevel?: number;
  /** Of the search, the latest. */
  readonly latest: readonly PublicTrial[];
  readonly counts: { readonly trials: number; readonly admitted: number };
  /** By proposer and operator, in the order of their first trial. */
  readonly operators: readonly Operator[];
  readonly promotions: readonly PublicPromotion[];
  readonly steered: readonly EventBody['study.steered'][];
  /** Of what was handed in, by number. */
  readonly handedIn: ReadonlyMap<number, PublicTrial>;
  readonly compared: readonly EventBody['arm.compared'][];
  /** The challenger whose confirm is under way. */
  readonly challenger?: number;
  readonly isClosed: boolean;
}

export interface Operator {
  readonly proposer: string;
  readonly operator: string;
  trials: number;
  admitted: number;
  challenged: number;
}

const TYPES = [
  'study.opened',
  'noise.measured',
  'trial.settled',
  'candidate.promoted',
  'study.steered',
  'arm.compared',
  'study.closed',
] as const;

interface Reading {
  opened?: EventBody['study.opened'];
  originLevel?: number;
  latest: PublicTrial[];
  trials: number;
  admitted: number;
  readonly operators: Map<string, Operator>;
  readonly texts: Map<
    string,
    { readonly text: string; readonly body?: EventBody['trial.settled'] }
  >;
  readonly promotions: PublicPromotion[];
  readonly steered: EventBody['study.steered'][];
  readonly handedIn: Map<number, PublicTrial>;
  readonly compared: EventBody['arm.compared'][];
  challenger?: number | undefined;
  isClosed: boolean;
}

/** @param last Trials told one by one. */
export async function publicRecord(ledger: Pick<Ledger, 'read'>, last = 0): Promise<PublicRecord> {
  const reading: Reading = {
    latest: [],
    trials: 0,
    admitted: 0,
    operators: new Map(),
    texts: new Map(),
    promotions: [],
    steered: [],
    handedIn: new Map(),
    compared: [],
    isClosed: false,
  };
  for await (const page of ledger.read(0, { types: TYPES })) {
    for (const event of page) enter(reading, event);
    reading.latest = reading.latest.slice(-last || reading.latest.length);
  }
  const { opened, challenger, trials, admitted, operators, texts: _texts, ...rest } = reading;
  if (opened === undefined) throw unbegun();
  return {
    ...rest,
    opened,
    operators: [...operators.values()],
    counts: { trials, admitted },
    latest: last === 0 ? [] : reading.latest,
    ...(challenger === undefined || reading.isClosed ? {} : { challenger }),
  };
}

export function unbegun(): PacelineError {
  return new PacelineError('USAGE', 'It has no entry yet. Begin it with paceline resume.');
}

function enter(reading: Reading, event: StoredEvent): void {
  switch (event.type) {
    case 'study.opened':
      reading.opened = event.body;
      reading.texts.set(event.body.origin, { text: event.body.originText });
      return;
    case 'noise.measured':
      if (reading.opened) reading.originLevel = levelIn(reading.opened.metric, event.body.values);
      return;
    case 'trial.settled':
      if (event.body.arm === MAIN_ARM) settled(reading, event);
      return;
    case 'candidate.promoted':
      if (event.body.arm === MAIN_ARM) promoted(reading, event);
      return;
    case 'study.steered':
      reading.steered.push(event.body);
      return;
    case 'arm.compared':
      reading.compared.push(event.body);
      return;
    case 'study.closed':
      reading.isClosed = true;
      return;
    default:
  }
}

function levelIn(metric: Metric, values: readonly number[]): number {
  return levelOf(metric, values);
}

function settled(reading: Reading, { body, trial = -1 }: StoredEvent<'trial.settled'>): void {
  reading.trials += 1;
  if (body.admitted) reading.admitted += 1;
  reading.challenger = body.end === null ? trial : undefined;
  count(reading.operators, body);
  if (body.end === null) reading.texts.set(body.candidate, { text: body.text, body });
  const one = trialOf(body, trial);
  if (body.writtenIn !== undefined) reading.handedIn.set(trial, one);
  reading.latest.push(one);
}

function trialOf(body: EventBody['trial.settled'], trial: number): PublicTrial {
  const { candidate, proposer, operator, outcome, values, againstValues, admitted, end } = body;
  const { message, hypothesis, mechanism, expected, expectedInterval, writtenIn } = body;
  return {
    trial,
    candidate,
    proposer,
    operator,
    outcome,
    values,
    againstValues,
    admitted,
    message,
    hypothesis,
    mechanism,
    expected,
    expectedInterval,
    writtenIn,
    ...(end === null ? {} : { end }),
  };
}

/** Keys a pair of names that may hold any character but this one. */
const SEPARATOR = '\u0000';

function count(operators: Map<string, Operator>, body: EventBody['trial.settled']): void {
  const { proposer, operator, admitted, end } = body;
  const key = proposer + SEPARATOR + operator;
  const known = operators.get(key) ?? { proposer, operator, trials: 0, admitted: 0, challenged: 0 };
  known.trials += 1;
  if (admitted) known.admitted += 1;
  if (end === null) known.challenged += 1;
  operators.set(key, known);
}

function promoted(reading: Reading, event: StoredEvent<'candidate.promoted'>): void {
  const { body, trial = -1 } = event;
  const own = reading.texts.get(body.candidate);
  const from = reading.texts.get(body.from);
  reading.challenger = undefined;
  if (own === undefined || from === undefined) return;
  const hypothesis = own.body?.hypothesis;
  reading.promotions.push({
    body,
    trial,
    text: own.text,
    fromText: from.text,
    operator: own.body?.operator ?? '',
    ...(hypothesis === undefined ? {} : { hypothesis }),
  });
}
