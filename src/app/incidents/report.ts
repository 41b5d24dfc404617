/** An incident as a text to send: what, when, on what evidence, and what was done since. */
import { escapeMarkdown } from '../../reporters/document/escape-markdown.ts';
import { durationText, shortHash } from '../../reporters/report/number-text.ts';
import type { IncidentClock } from './clocks.ts';
import type { Beside, Incident, IncidentFile } from './read.ts';

/** Markdown; whatever came from elsewhere is escaped. */
export function incidentReport(
  study: string,
  { incident, evidence, since, head }: IncidentFile,
  nowMs: number,
): string {
  const { candidate, detail, kind, seq, openedAtMs } = incident;
  return [
    `# Incident ${incident.incident} of ${escapeMarkdown(study)}: ${escapeMarkdown(kind)}`,
    '',
    `- What: ${escapeMarkdown(detail)}`,
    `- Candidate: ${candidate ?? 'none is named'}`,
    `- Opened: ${timeText(openedAtMs)}, entry ${seq} of the ledger`,
    ...stateLines(incident),
    `- Written: ${timeText(nowMs)}, from a ledger that ends at ${head.seq}:${head.hash}`,
    '',
    '## Evidence',
    '',
    ...listOf(evidence, 'The ledger names none about this candidate before the incident.'),
    '',
    '## Since then',
    '',
    ...listOf(since, 'Nothing was promoted, rolled back or audited.'),
    '',
    '## To be filled in by a person',
    '',
    '- Who or what was harmed, or could have been:',
    '- Where else this candidate, or one bred from it, is in use:',
    '- Cause, as far as it is known:',
    '- What was done, and what keeps it from happening again:',
    '- Whom this was reported to, and when:',
    '',
    `Check it with \`paceline verify ${study} --head ${head.seq}:${head.hash}\`. The evidence is with the gatekeeper, by its hash: \`paceline show ${candidate === undefined ? 'CANDIDATE' : shortHash(candidate)} --study ${study} --why\`.`,
    '',
  ].join('\n');
}

function stateLines({ closed, clocks = [], isAhead }: Incident): readonly string[] {
  if (closed) {
    const { by, reason, atMs, seq } = closed;
    const who = escapeMarkdown(by);
    return [`- Closed: ${timeText(atMs)}, entry ${seq}, by ${who}: ${escapeMarkdown(reason)}`];
  }
  const behind = '- The clock of this machine is behind the one that opened it: set it right.';
  return ['- Open.', ...clocks.map((one) => `- ${clockText(one)}`), ...(isAhead ? [behind] : [])];
}

export function clockText({ name, for: what, dueAtMs, leftMs }: IncidentClock): string {
  const left = leftMs >= 0 ? `${durationText(leftMs)} left` : `over for ${durationText(-leftMs)}`;
  return `${name} (${what}): until ${timeText(dueAtMs)}, ${left}`;
}

function listOf(besides: readonly Beside[], none: string): readonly string[] {
  if (besides.length === 0) return [none];
  return besides.map(
    ({ seq, atMs, words }) => `- entry ${seq}, ${timeText(atMs)}: ${escapeMarkdown(words)}`,
  );
}

export function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(/[.]\d+Z$/, 'Z');
}
