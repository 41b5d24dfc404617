/** What is signed of a decision: one text for one meaning, whoever writes it down. */
import { canonicalJson } from './hash.ts';
import type { Json } from './json.ts';

export interface Decision {
  readonly study: string;
  /** Type of the entry that says it. */
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Canonical JSON (RFC 8785) of study, type and body, the signature itself left out. */
export function statementOf({ study, type, body }: Decision): string {
  const { signature: _, ...said } = body;
  return canonicalJson({ study, type, body: JSON.parse(JSON.stringify(said)) as Json });
}
