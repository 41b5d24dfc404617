/**
 * Where a study stands, from its own ledger: what it has spent and what it has gained. The portfolio
 * keeps no account beside it, so nothing is spent twice or forgotten after a crash.
 */
import { orient } from '../../claims/orient.ts';
import { pairEvals } from '../../claims/pairs.ts';
import { PacelineError } from '../../core/errors.ts';
import type { EventBody, StoredEvent } from '../../core/events.ts';
import { ORIGIN_COMPARISON } from '../../loop/decide.ts';
import { noiseFloor } from '../../stats/noise-floor.ts';
import type { Ledger } from '../../stores/contract.ts';
import { type StudyPlace, withLedger } from '../read-ledger.ts';
import { hasLedger } from '../study-files.ts';
import type { Reading, Yardstick } from './moves.ts';

export const UNREAD: Reading = {
  seq: 0,
  head: '',
  isClosed: false,
  activeMs: 0,
  evals: 0,
  trials: 0,
  promotions: 0,
  gain: 0,
};

/** Goes on from `since`. Undefined where the study has no entry yet. */
export async function readStudy(
  place: StudyPlace,
  since: Reading = UNREAD,
): Promise<Reading | undefined> {
  if (!hasLedger(place.root, place.id)) return undefined;
  return withLedger(place, (ledger) => readOn(ledger, since));
}

/** `upTo`: where an earlier reading ended, to derive it again. */
export async function readOn(
  ledger: Pick<Ledger, 'read' | 'durable'>,
  since: Reading,
  upTo: number = ledger.durable.seq,
): Promise<Reading | undefined> {
  if (upTo === 0) return undefined;
  const opened = await openingOf(ledger);
  let reading = since;
  for await (const page of ledger.read(since.seq)) {
    for (const event of page) {
      if (event.seq > upTo) return reading;
      reading = { ...entered(reading, event, opened), seq: event.seq, head: event.hash };
    }
  }
  return reading;
}

type Opened = EventBody['study.opened'];

async function openingOf(ledger: Pick<Ledger, 'read'>): Promise<Opened> {
  for await (const [first] of ledger.read(0, { pageSize: 1 })) {
    if (first?.type === 'study.opened') return first.body;
    break;
  }
  throw new PacelineError(
    'LEDGER_ALTERED',
    'The ledger does not begin with the opening of a study. Run paceline verify and restore a copy.',
  );
}

function entered(before: Reading, event: StoredEvent, { metric }: Opened): Reading {
  const activeMs = Math.max(before.activeMs, event.meta.wallMs ?? 0);
  const reading = { ...before, activeMs, evals: before.evals + evalsOf(event) };
  switch (event.type) {
    case 'noise.measured':
      return { ...reading, yardstick: yardstickOf(event.body, metric) };
    case 'trial.settled':
      return { ...reading, trials: reading.trials + 1 };
    case 'candidate.promoted':
      return promoted(reading, event.body);
    case 'arm.compared':
      return event.body.arm === ORIGIN_COMPARISON ? compared(reading, event.body) : reading;
    case 'study.closed':
      return { ...reading, isClosed: true };
    default:
      return reading;
  }
}

/** Measured evaluations, as the study's own budget counts them (loop/fold.ts): a guarantee holds both together. */
function evalsOf(event: StoredEvent): number {
  switch (event.type) {
    case 'noise.measured':
      return event.body.values.length;
    case 'trial.settled':
      return event.body.evals - (event.body.reused ?? 0);
    case 'measurement.recorded': {
      const { purpose } = event.body;
      return purpose === 'control' || purpose === 'final' ? 0 : pairEvals(event.body);
    }
    case 'trial.confirmed':
      return event.body.pool?.evals ?? 0;
    case 'holdout.sealed':
    case 'holdout.queried':
      return event.body.evals;
    default:
      return 0;
  }
}

/** The lower end of the interval counts, and never as a loss: what is not shown is not gained. */
function promoted(reading: Reading, body: EventBody['candidate.promoted']): Reading {
  const { gain: effect, interval } = body;
  const shown = Math.max(0, interval?.[0] ?? effect);
  return {
    ...reading,
    promotions: reading.promotions + 1,
    gain: reading.gain + shown / (reading.yardstick?.size ?? 1),
    last: interval ? { effect, interval } : { effect },
  };
}

function compared(reading: Reading, { effect, interval }: EventBody['arm.compared']): Reading {
  if (effect === undefined) return reading;
  return { ...reading, final: interval ? { effect, interval } : { effect } };
}

/**
 * In what the gains of a study are counted: the noise of one evaluation of its origin; where there is
 * none, as with exact objectives, the origin's own value; where that is 0, the unit of the metric.
 */
function yardstickOf(
  { values, verified }: EventBody['noise.measured'],
  metric: Opened['metric'],
): Yardstick {
  const floor = noiseFloor(values.map((value) => orient(metric, value)));
  if (verified === undefined && floor.scale > 0) return { is: 'noise', size: floor.scale };
  const level = Math.abs(verified ?? floor.mean);
  return level > 0 ? { is: 'origin', size: level } : { is: 'unit', size: 1 };
}
