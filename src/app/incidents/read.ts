/** Incidents of a study, and what its ledger says of each: read from a ledger that is whole, or not at all. */
import { PacelineError } from '../../core/errors.ts';
import type { EventType, StoredEvent } from '../../core/events.ts';
import type { Hash } from '../../core/hash.ts';
import { type StudyPlace, withSoundLedger } from '../read-ledger.ts';
import { lettersLeft } from '../steer-inbox.ts';
import { clocksOf, type IncidentClock } from './clocks.ts';

export interface Incident {
  readonly incident: number;
  readonly kind: string;
  readonly detail: string;
  readonly candidate?: Hash;
  /** Entry that opened it, and when: ms since 1970, of the machine that ran the study. */
  readonly seq: number;
  readonly openedAtMs: number;
  /** While it is open. */
  readonly clocks?: readonly IncidentClock[];
  /** The clock of this machine is behind the one that opened it: the clocks say too much time. */
  readonly isAhead?: true;
  readonly closed?: {
    readonly by: string;
    readonly reason: string;
    readonly seq: number;
    readonly atMs: number;
  };
}

/** Another entry that a person who judges the incident should know of. */
export interface Beside {
  readonly seq: number;
  readonly atMs: number;
  readonly words: string;
}

export interface IncidentFile {
  readonly incident: Incident;
  /** Hashes of evidence and what the gatekeeper said of the candidate, up to the incident. */
  readonly evidence: readonly Beside[];
  /** Promotions, rollbacks and audits from then on. */
  readonly since: readonly Beside[];
  readonly head: { readonly seq: number; readonly hash: Hash };
}

const TYPES: readonly EventType[] = [
  'incident.opened',
  'incident.closed',
  'gate.judged',
  'audit.finished',
  'candidate.promoted',
  'candidate.rolled-back',
  'pace.changed',
  'root.signed',
  'root.published',
];

interface Read {
  readonly events: readonly StoredEvent[];
  readonly head: IncidentFile['head'];
}

/** @throws PacelineError `LEDGER_ALTERED` for a ledger whose chain is broken. */
export async function readIncidents(
  place: StudyPlace,
  nowMs: number,
): Promise<readonly Incident[]> {
  return incidentsOf((await eventsOf(place)).events, nowMs);
}

/** @throws PacelineError `USAGE` where there is none of that number. */
export async function readIncident(
  place: StudyPlace,
  number: number,
  nowMs: number,
): Promise<IncidentFile> {
  const { events, head } = await eventsOf(place);
  const incident = incidentsOf(events, nowMs).find((one) => one.incident === number);
  if (incident === undefined) {
    throw new PacelineError(
      'USAGE',
      `${place.id} has no incident ${number}. paceline incidents list shows what it has.`,
      { id: place.id, incident: number },
    );
  }
  const besides = events.flatMap((event) => beside(event, incident));
  return {
    incident,
    evidence: besides.filter(({ seq }) => seq <= incident.seq),
    since: besides.filter(({ seq }) => seq > incident.seq),
    head,
  };
}

/** @throws PacelineError `USAGE` where there is none of that number, or somebody closed it before. */
export async function requireOpen(place: StudyPlace, number: number, nowMs: number): Promise<void> {
  const { incident } = await readIncident(place, number, nowMs);
  const { closed } = incident;
  const left = closed ?? closingLeft(place, number);
  if (left === undefined) return;
  const then = closed ? '' : ` It is taken up by paceline resume ${place.id}.`;
  throw new PacelineError(
    'USAGE',
    `Incident ${number} of ${place.id} was closed by ${left.by}: ${left.reason}.${then}`,
    { id: place.id, incident: number },
  );
}

/** What somebody said that the study has not taken up yet. */
export function closingLeft(
  { root, id }: StudyPlace,
  number: number,
): { readonly by: string; readonly reason: string } | undefined {
  for (const { by, said } of lettersLeft(root, id)) {
    if (said.kind !== 'close-incident' || said.value.incident !== number) continue;
    return { by, reason: said.value.reason };
  }
  return undefined;
}

function eventsOf(place: StudyPlace): Promise<Read> {
  return withSoundLedger(place, async (ledger) => {
    const events: StoredEvent[] = [];
    for await (const page of ledger.read(0, { types: TYPES })) events.push(...page);
    const { seq, hash } = ledger.durable;
    return { events, head: { seq, hash } };
  });
}

function incidentsOf(events: readonly StoredEvent[], nowMs: number): readonly Incident[] {
  const closings = new Map<number, StoredEvent<'incident.closed'>>();
  for (const event of events) {
    if (event.type === 'incident.closed') closings.set(event.body.incident, event);
  }
  return events.flatMap((event) =>
    event.type === 'incident.opened' ? [incidentOf(event, closings, nowMs)] : [],
  );
}

function incidentOf(
  { body, seq, meta }: StoredEvent<'incident.opened'>,
  closings: ReadonlyMap<number, StoredEvent<'incident.closed'>>,
  nowMs: number,
): Incident {
  const { candidate, ...said } = body;
  const opened = { ...said, ...(candidate ? { candidate } : {}), seq, openedAtMs: meta.at };
  const closing = closings.get(body.incident);
  if (closing === undefined) {
    const isAhead = meta.at > nowMs ? { isAhead: true as const } : {};
    return { ...opened, clocks: clocksOf(meta.at, nowMs), ...isAhead };
  }
  const { by, reason } = closing.body;
  return { ...opened, closed: { by, reason, seq: closing.seq, atMs: closing.meta.at } };
}

function beside(event: StoredEvent, { candidate, seq: openedIn }: Incident): readonly Beside[] {
  const words = wordsOf(event, candidate, event.seq > openedIn);
  return words === undefined ? [] : [{ seq: event.seq, atMs: event.meta.at, words }];
}

/** Before it only what is about its candidate; afterwards all that moved. */
function wordsOf(
  event: StoredEvent,
  about: Hash | undefined,
  isSince: boolean,
): string | undefined {
  switch (event.type) {
    case 'gate.judged': {
      const { candidate, verdict, entry, evidence } = event.body;
      if (candidate !== about) return undefined;
      return `gate: ${verdict} for ${candidate}, its entry ${entry}, evidence ${evidence}`;
    }
    case 'audit.finished': {
      const { audit, verdict, entry, evidence } = event.body;
      return `audit ${audit}: ${verdict}, the gatekeeper’s entry ${entry}, evidence ${evidence}`;
    }
    case 'candidate.promoted': {
      const { arm, candidate, from } = event.body;
      if (!isSince && candidate !== about) return undefined;
      return `promoted in ${arm}: ${candidate}, in the place of ${from}`;
    }
    case 'candidate.rolled-back': {
      const { arm, from, to, quarantined } = event.body;
      return `rolled back in ${arm}: from ${from} to ${to}, ${quarantined.length} barred`;
    }
    case 'pace.changed':
      return isSince ? `pace: ${event.body.verdict}. ${event.body.reason}` : undefined;
    default:
      return undefined;
  }
}
