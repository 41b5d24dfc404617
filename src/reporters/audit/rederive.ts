/** Each fact derived again by a fold that sees the entries the fact names, and no other. */
import type { EventType, StoredEvent } from '../../core/events.ts';
import { factsOf, type ReportFacts } from '../facts.ts';
import { entriesText, type Fact, usesEntry } from '../report/fact.ts';
import { GIVEN_FACTS } from '../report/facts-study.ts';
import { addToTally } from '../report/fold.ts';
import { newTally, type Tally } from '../report/tally.ts';
import { type AuditFinding, quoted, SUSPECT_LEDGER, WRITE_AGAIN } from './finding.ts';

export interface Rederivation {
  add(event: StoredEvent): void;
  findings(fresh: ReportFacts): readonly AuditFinding[];
}

/** Facts that name the same entries share a fold. */
interface Group {
  readonly facts: Fact[];
  readonly tally: Tally;
}

export function rederivation(facts: ReportFacts): Rederivation {
  const groups = groupsOf(facts);
  const bySeq = new Map<number, Group[]>();
  const byType = new Map<EventType, Group[]>();
  for (const group of groups) {
    const [{ seqs, span } = { seqs: [], span: undefined }] = group.facts;
    for (const seq of seqs) push(bySeq, seq, group);
    for (const type of span?.types ?? []) push(byType, type, group);
  }
  let lastSeq = 0;
  return {
    add(event) {
      lastSeq = event.seq;
      const candidates = new Set([
        ...(bySeq.get(event.seq) ?? []),
        ...(byType.get(event.type) ?? []),
      ]);
      for (const group of candidates) {
        const [fact] = group.facts;
        if (fact && usesEntry(fact, event)) addToTally(group.tally, event);
      }
    },
    findings: (fresh) => [
      ...groups.flatMap((group) => groupFindings(group, { facts, lastSeq })),
      ...unsaid(facts, fresh),
    ],
  };
}

function groupsOf({ book }: ReportFacts): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const fact of book.values()) {
    const key = JSON.stringify([fact.seqs, fact.span]);
    const group = groups.get(key) ?? { facts: [], tally: newTally() };
    group.facts.push(fact);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

interface Audited {
  readonly facts: ReportFacts;
  readonly lastSeq: number;
}

function groupFindings(group: Group, { facts, lastSeq }: Audited): readonly AuditFinding[] {
  const { book } = factsOf(group.tally, facts.given);
  return group.facts.flatMap((fact) => {
    const fault = sourceFault(fact, lastSeq) ?? valueFault(fact, book.get(fact.id));
    if (fault === undefined) return [];
    const text = `${quoted(fact.text)}: ${fault}`;
    return [{ place: `fact ${fact.id}`, text, advice: SUSPECT_LEDGER }];
  });
}

/** A fact must come from entries that exist. */
function sourceFault({ id, seqs, span }: Fact, lastSeq: number): string | undefined {
  if (GIVEN_FACTS.includes(id)) return undefined;
  if (seqs.length === 0 && !span) return 'it names no entry of the ledger.';
  // A span over a ledger without entries is empty, and that is right.
  const named = [...seqs, ...(span && lastSeq > 0 ? [span.from, span.to] : [])];
  const missing = named.filter((seq) => !Number.isInteger(seq) || seq < 1 || seq > lastSeq);
  return missing.length === 0
    ? undefined
    : `it names entry ${missing.join(', ')}, and the ledger ends with entry ${lastSeq}.`;
}

function valueFault(fact: Fact, again: Fact | undefined): string | undefined {
  const source = entriesText(fact);
  if (!again) return `derived again from ${source} it is not there.`;
  const [was, is] = [fact, again].map(({ value, text, unit, n, interval }) =>
    JSON.stringify([value, text, unit, n, interval]),
  );
  return was === is ? undefined : `derived again from ${source} it is ${quoted(again.text)}.`;
}

/** What the whole ledger shows and the report's facts leave out. */
function unsaid(facts: ReportFacts, fresh: ReportFacts): readonly AuditFinding[] {
  return [...fresh.book.values()]
    .filter(({ id }) => !facts.book.has(id))
    .map(({ id, text }) => ({
      place: `fact ${id}`,
      text: `${quoted(text)}: the ledger shows it and the report leaves it out.`,
      advice: WRITE_AGAIN,
    }));
}
