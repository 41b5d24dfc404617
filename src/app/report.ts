/** Reads a ledger and writes its report: HTML, Markdown and JSON beside the ledger. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { GENESIS, type Head, nextHead } from '../core/chain.ts';
import { PacelineError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import { type AuditFinding, auditReport } from '../reporters/audit.ts';
import { collectFacts, type ReportFacts } from '../reporters/facts.ts';
import { htmlReport } from '../reporters/html.ts';
import { jsonReport, runResult } from '../reporters/json.ts';
import { markdownReport } from '../reporters/markdown.ts';
import { verdictLines } from '../reporters/verdict.ts';
import type { Ledger } from '../stores/contract.ts';
import { type StudyPlace, upTo, withLedger, withSoundLedger } from './read-ledger.ts';
import { recordedConfig } from './recorded-config.ts';
import { studyFolder } from './study-files.ts';
import { readersOf } from './task-kind.ts';
import { writePages } from './whole-record.ts';

export interface WrittenReport {
  readonly htmlPath: string;
  readonly markdownPath: string;
  readonly jsonPath: string;
  readonly verdict: readonly string[];
  readonly promotions: number;
  result(exitCode: number): Json;
}

/** The head as it was at entry `seq`. */
async function headAt(ledger: Ledger, seq: number): Promise<Head> {
  const { durable } = ledger;
  if (durable.seq === seq) return durable;
  let head = GENESIS;
  for await (const page of ledger.rows(0))
    for (const row of page) if (row.seq <= seq) head = nextHead(head, row);
  return head;
}

function factsAt({ root, id }: StudyPlace, ledger: Ledger, head: Head): Promise<ReportFacts> {
  const config = recordedConfig(root, id);
  return collectFacts(upTo(ledger, head.seq), { id, head, ...readersOf(config) });
}

/** Of the durable entries. */
export function factsNow(place: StudyPlace, ledger: Ledger): Promise<ReportFacts> {
  return factsAt(place, ledger, ledger.durable);
}

function pathsOf({ root, id }: StudyPlace) {
  const folder = join(studyFolder(root, id), 'report');
  return {
    htmlPath: join(folder, 'report.html'),
    markdownPath: join(folder, 'report.md'),
    jsonPath: join(folder, 'report.json'),
  };
}

export async function writeReport(place: StudyPlace): Promise<WrittenReport> {
  const facts = await withSoundLedger(place, (ledger) => factsAt(place, ledger, ledger.durable));
  const paths = pathsOf(place);
  const afterwards = `, then run paceline report ${place.id}; the study itself is safe`;
  writePages(
    { folder: dirname(paths.htmlPath), what: 'The report', afterwards },
    {
      [basename(paths.htmlPath)]: htmlReport(facts),
      [basename(paths.markdownPath)]: markdownReport(facts),
      [basename(paths.jsonPath)]: `${JSON.stringify(jsonReport(facts), null, 2)}\n`,
    },
  );
  return {
    ...paths,
    verdict: verdictLines(facts),
    promotions: facts.promotions,
    result: (exitCode) => runResult(facts, { exitCode }),
  };
}

export interface Audit {
  readonly findings: readonly AuditFinding[];
  /** Numbers that were traced. */
  readonly numbers: number;
  /** The entry the documents end at, and the last there is. */
  readonly seq: number;
  readonly lastSeq: number;
}

/**
 * Checks the documents as they lie there against the ledger up to the entry they were written at:
 * every number must be a fact, every fact follow from its entries. Writes them first if there are none.
 * @throws PacelineError `WORKSPACE` when they do not say which entry that is.
 */
export async function auditWrittenReport(place: StudyPlace): Promise<Audit> {
  const { htmlPath, markdownPath, jsonPath } = pathsOf(place);
  const isWritten = [htmlPath, markdownPath, jsonPath].every((path) => existsSync(path));
  if (!isWritten) await writeReport(place);
  const html = readFileSync(htmlPath, 'utf8');
  const markdown = readFileSync(markdownPath, 'utf8');
  const { json, seq } = readJson(jsonPath);
  return withLedger(place, async (ledger) => {
    const facts = await factsAt(place, ledger, await headAt(ledger, seq));
    const findings = await auditReport({ html, markdown, json }, facts, upTo(ledger, seq));
    return { findings, numbers: facts.book.size, seq, lastSeq: ledger.durable.seq };
  });
}

const written = z.looseObject({ ledger: z.looseObject({ seq: z.int().nonnegative() }) });

function readJson(jsonPath: string): { readonly json: Json; readonly seq: number } {
  try {
    const json = JSON.parse(readFileSync(jsonPath, 'utf8')) as Json;
    return { json, seq: written.parse(json).ledger.seq };
  } catch (cause) {
    throw new PacelineError(
      'WORKSPACE',
      `${jsonPath} does not say which entry the report was written at. Write it again with paceline report.`,
      { path: jsonPath },
      { cause },
    );
  }
}
