/** The recorded study of the golden ledger, for tests of what reads ledgers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decodeRow,
  type EventRow,
  type EventType,
  type StoredEvent,
} from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import type { ExportSource } from '../../src/reporters/contract.ts';

export function recordedRows(file = 'fold-2.jsonl'): readonly EventRow[] {
  return readFileSync(join(import.meta.dirname, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as EventRow);
}

export const recorded: readonly StoredEvent[] = recordedRows().map(decodeRow);

/** In pages, as a store reads. */
export function sourceOf(
  events: readonly StoredEvent[],
  more: Partial<ExportSource> = {},
): ExportSource {
  return {
    study: 'golden',
    isRunning: false,
    toSource: (text) => text,
    async *entries() {
      for (let at = 0; at < events.length; at += 7) yield events.slice(at, at + 7);
    },
    ...more,
  };
}

export async function textOf(pieces: AsyncIterable<string | Uint8Array>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** An entry that no study wrote, after `events`. */
export function entry<T extends EventType>(
  events: readonly StoredEvent[],
  { type, body, trial, at }: Made<T>,
): StoredEvent {
  const seq = events.length + 1;
  const made = { seq, type, v: 1, actor: 'test', body, meta: { at, epoch: 0, wallMs: at } };
  return { ...made, trial, hash: sha256(`made ${seq}`) } as unknown as StoredEvent;
}

interface Made<T extends EventType> {
  readonly type: T;
  readonly body: StoredEvent<T>['body'];
  readonly trial?: number;
  readonly at: number;
}

const opened = recorded[0] as StoredEvent<'study.opened'>;
const settled = recorded.find(
  ({ type }) => type === 'trial.settled',
) as StoredEvent<'trial.settled'>;

type Entry = { readonly [T in EventType]: Made<T> }[EventType];

/** A study of one lane that pays for calls, with these entries after its first. */
export function paidStudy(entries: readonly Entry[]): readonly StoredEvent[] {
  const lanes = opened.body.lanes.map((lane) => ({ ...lane, paid: true as const }));
  const events: StoredEvent[] = [{ ...opened, body: { ...opened.body, lanes } }];
  for (const one of entries) events.push(entry(events, one as Made<EventType>));
  return events;
}

export function settledBody(
  more: Partial<StoredEvent<'trial.settled'>['body']>,
): StoredEvent<'trial.settled'>['body'] {
  return { ...settled.body, ...more };
}
