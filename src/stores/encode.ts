/** From a draft to its row: one codec for all stores, so that equal histories have equal bytes. */
import { type Head, nextHead } from '../core/chain.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventMeta } from '../core/event-meta.ts';
import {
  checkBody,
  decodeRow,
  EVENT_BODIES,
  EVENT_VERSION,
  type EventDraft,
  type EventRow,
  type StoredEvent,
} from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import type { Blob } from './contract.ts';

/** Where writing goes on: the head, and the epoch of the last entry. */
export interface Position {
  readonly head: Head;
  readonly epoch: number;
}

export interface Encoded {
  readonly position: Position;
  readonly rows: readonly EventRow[];
  readonly events: readonly StoredEvent[];
}

/** The chain joins columns with this character, so no column may contain it (core/chain.ts). */
const SEPARATOR = '\u001f';

/**
 * Checks and chains all drafts or none. `nowMs` is wall time for `meta.at`; an epoch that is not
 * given is that of the entry before.
 *
 * @throws PacelineError `INTERNAL` when a draft does not fit its schema.
 */
export function encode(from: Position, drafts: readonly EventDraft[], nowMs: number): Encoded {
  const rows: EventRow[] = [];
  let position = from;
  for (const draft of drafts) {
    const epoch = draft.meta?.epoch ?? position.epoch;
    const columns = {
      seq: position.head.seq + 1,
      type: draft.type,
      v: EVENT_VERSION,
      trial: trialOf(draft),
      actor: actorOf(draft),
      body: bodyText(draft),
      meta: metaText({ at: nowMs, ...draft.meta, epoch }),
    };
    const head = nextHead(position.head, columns);
    rows.push({ ...columns, hash: head.hash });
    position = { head, epoch };
  }
  return { position, rows, events: rows.map(readEvent) };
}

/**
 * The event of a row, frozen. `append` answers with the text read back, so that a fold sees the
 * same values live and on resume: JSON has no −0 and no `undefined`.
 */
export function readEvent(row: EventRow): StoredEvent {
  const event = decodeRow(row);
  Object.freeze(event.body);
  Object.freeze(event.meta);
  return Object.freeze(event);
}

/** Own copies, so that a caller who reuses a buffer changes nothing; a wrong name is refused. */
export function ownBlobs(blobs: readonly Blob[]): readonly Blob[] {
  return blobs.map(({ hash, bytes }) => {
    if (sha256(bytes) !== hash) throw unfit(`Bytes were given as ${hash}, which is not their hash`);
    return { hash, bytes: Uint8Array.from(bytes) };
  });
}

/** A strict parse puts the fields of every level into the order of the schema. */
function bodyText(draft: EventDraft): string {
  const parsed = EVENT_BODIES[draft.type].safeParse(draft.body);
  if (!parsed.success) checkBody(draft.type, draft.body);
  return JSON.stringify(parsed.data);
}

/** Fixed order; what is not finite was not measured and is left out. */
function metaText({ at, epoch, cpuMs, tasteMs, wallMs, worker, givenUpEvals }: EventMeta): string {
  const measured = { cpuMs: finite(cpuMs), tasteMs: finite(tasteMs), wallMs: finite(wallMs) };
  return JSON.stringify({ at, epoch, ...measured, worker, givenUpEvals });
}

function finite(value: number | undefined): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function trialOf({ type, trial }: EventDraft): number | null {
  if (trial === undefined) return null;
  if (Number.isSafeInteger(trial) && trial >= 0) return trial;
  throw unfit(`An event ${type} names trial ${trial}, which is no trial number`);
}

function actorOf({ type, actor }: EventDraft): string {
  if (!actor.includes(SEPARATOR)) return actor;
  throw unfit(`The actor of an event ${type} contains a control character`);
}

function unfit(what: string): PacelineError {
  return new PacelineError('INTERNAL', `${what}. Please report this; the ledger is unharmed.`);
}
