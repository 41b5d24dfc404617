/** Reads a ledger and writes its report: HTML, Markdown and JSON beside the ledger. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../core/json.ts';
import { type AuditFinding, auditReport } from '../reporters/audit.ts';
import { collectFacts, type ReportFacts } from '../reporters/facts.ts';
import { htmlReport } from '../reporters/html.ts';
import { jsonReport, runResult } from '../reporters/json.ts';
import { markdownReport } from '../reporters/markdown.ts';
import { verdictLines } from '../reporters/verdict.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { parseConfig } from './config.ts';
import { readStudyRecord, stateFolder, studyFolder } from './study-files.ts';
import { systemClock } from './system-clock.ts';
import { taskKindOf } from './task-kind.ts';

export interface WrittenReport {
  readonly htmlPath: string;
  readonly markdownPath: string;
  readonly jsonPath: string;
  readonly verdict: readonly string[];
  readonly promotions: number;
  result(exitCode: number): Json;
}

interface StudyPlace {
  readonly root: string;
  readonly id: string;
}

async function factsOf({ root, id }: StudyPlace): Promise<ReportFacts> {
  const config = parseConfig(readStudyRecord(root, id).config, `the config of ${id}`);
  const kind = taskKindOf(config);
  const ledger = await sqliteStore({ directory: stateFolder(root), clock: systemClock }).open(
    id,
    'read',
  );
  try {
    return await collectFacts(ledger.read(0), {
      id,
      head: ledger.durable,
      toSource: kind.toSource,
    });
  } finally {
    await ledger.close();
  }
}

export async function writeReport(place: StudyPlace): Promise<WrittenReport> {
  const facts = await factsOf(place);
  const folder = join(studyFolder(place.root, place.id), 'report');
  mkdirSync(folder, { recursive: true });
  const paths = {
    htmlPath: join(folder, 'report.html'),
    markdownPath: join(folder, 'report.md'),
    jsonPath: join(folder, 'report.json'),
  };
  writeFileSync(paths.htmlPath, htmlReport(facts));
  writeFileSync(paths.markdownPath, markdownReport(facts));
  writeFileSync(paths.jsonPath, `${JSON.stringify(jsonReport(facts), null, 2)}\n`);
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
}

/** Checks the written documents against the ledger: every number must be a fact, every fact re-derivable. */
export async function auditWrittenReport(place: StudyPlace): Promise<Audit> {
  const written = await writeReport(place);
  const facts = await factsOf(place);
  const documents = {
    html: readFileSync(written.htmlPath, 'utf8'),
    markdown: readFileSync(written.markdownPath, 'utf8'),
  };
  const ledger = await sqliteStore({ directory: stateFolder(place.root), clock: systemClock }).open(
    place.id,
    'read',
  );
  try {
    const findings = await auditReport(documents, facts, ledger.read(0));
    return { findings, numbers: facts.book.size };
  } finally {
    await ledger.close();
  }
}
