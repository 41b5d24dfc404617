/** One thing in a report that the ledger does not bear out. */
export interface AuditFinding {
  /** `report.html line 41 (promotions.total)`, `fact cost.cpuMs`, `entry 17`. */
  readonly place: string;
  /** The passage and what is wrong with it. */
  readonly text: string;
  /** What to do next. */
  readonly advice: string;
}

/** Documents can always be written again; only the ledger cannot. */
export const WRITE_AGAIN =
  'Do not rely on this document; write it again from the ledger with paceline report.';
export const SUSPECT_LEDGER = 'Run paceline verify, and compare the head with the one you kept.';

const LONGEST = 80;

/** A passage in quotes, short enough for a line of output. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `"${line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line}"`;
}
