/**
 * Are the written documents what the ledger says? Every fact is derived again from the entries it
 * names and no other, every number in a document must be such a fact, and what is left (words,
 * drawings) must be what the ledger gives. Whether the ledger itself is right is for `verify`; only
 * its chain and what contradicts itself are looked at here.
 */
import type { StoredEvent } from '../core/events.ts';
import type { Json } from '../core/json.ts';
import { newChainCheck } from './audit/chain-check.ts';
import { compareJson } from './audit/compare-json.ts';
import { compareLines } from './audit/compare-lines.ts';
import type { AuditFinding } from './audit/finding.ts';
import { rederivation } from './audit/rederive.ts';
import { traceHtml } from './audit/trace-html.ts';
import { traceMarkdown } from './audit/trace-markdown.ts';
import { factsOf, type ReportFacts } from './facts.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';
import { addToTally } from './report/fold.ts';
import { phraseText } from './report/phrase.ts';
import { newTally } from './report/tally.ts';
import { warningPhrases } from './report/warnings.ts';

export type { AuditFinding } from './audit/finding.ts';

export interface WrittenDocuments {
  readonly html: string;
  readonly markdown: string;
  /** As parsed; absent where no report.json is asked about. */
  readonly json?: Json;
}

/** `entries`: the whole ledger in order, read once. No finding means the documents can be believed as far as the ledger can. */
export async function auditReport(
  documents: WrittenDocuments,
  facts: ReportFacts,
  entries: AsyncIterable<readonly StoredEvent[]>,
): Promise<readonly AuditFinding[]> {
  const tally = newTally();
  const again = rederivation(facts);
  const chain = newChainCheck();
  for await (const page of entries) {
    for (const event of page) {
      chain.add(event);
      again.add(event);
      addToTally(tally, event);
    }
  }
  const fresh = factsOf(tally, facts.given);
  return [
    ...chain.findings(facts),
    ...again.findings(fresh),
    ...contradictions(fresh),
    ...htmlFindings(documents.html, fresh),
    ...markdownFindings(documents.markdown, fresh),
    ...(documents.json === undefined ? [] : compareJson(documents.json, jsonReport(fresh))),
  ];
}

function contradictions({ book }: ReportFacts): readonly AuditFinding[] {
  return warningPhrases(book).map((phrase) => ({
    place: 'ledger',
    text: phraseText(phrase),
    advice: 'Run paceline verify: it names the entries that are wrong.',
  }));
}

function htmlFindings(written: string, fresh: ReportFacts): readonly AuditFinding[] {
  const traced = traceHtml(written, fresh.book);
  return [...traced, ...compareLines('report.html', { written, fresh: htmlReport(fresh) }, traced)];
}

function markdownFindings(written: string, fresh: ReportFacts): readonly AuditFinding[] {
  const traced = traceMarkdown(written, fresh.book);
  return [
    ...traced,
    ...compareLines('report.md', { written, fresh: markdownReport(fresh) }, traced),
  ];
}
