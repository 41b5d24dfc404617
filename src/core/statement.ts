/** What is signed of a decision: one text for one meaning, whoever writes it down. */
import { canonicalJson, type Hash } from './hash.ts';
import type { Json } from './json.ts';

export interface Decision {
  /** `secretCommit` of the study's first entry: no two studies have the same, while names are copied. */
  readonly study: Hash;
  /** Type of the entry that says it. */
  readonly type: string;
  /** Of that entry; a `signature` in it is left out. */
  readonly body: Readonly<Record<string, unknown>>;
  /**
   * What the entry names by number only: of `approval.decided` the body of its request, of
   * `audit.finished` the `from` and `to` of its opening. Otherwise a new question would keep an old answer.
   */
  readonly about?: Readonly<Record<string, unknown>>;
}

const SCHEMA = 'paceline.decision/1';

/** Canonical JSON (RFC 8785); fields that are undefined are not there. */
export function statementOf({ study, type, body, about }: Decision): string {
  const { signature: _, ...said } = body;
  const text = JSON.stringify({ schema: SCHEMA, study, type, body: said, about });
  return canonicalJson(JSON.parse(text) as Json);
}

/**
 * Decisions that the engine asks the gatekeeper to sign. Verdicts are not among them: an engine that may
 * have any text signed could have its own verdicts signed.
 */
const OF_THE_ENGINE: ReadonlySet<string> = new Set(['root.signed', 'approval.decided']);

/** Whether a text is a statement of `study` that the engine may ask a signature for. */
export function mayEngineAsk(text: string, study: Hash): boolean {
  try {
    const { schema, study: of, type } = JSON.parse(text) as Record<string, unknown>;
    if (schema !== SCHEMA || of !== study || typeof type !== 'string') return false;
    return OF_THE_ENGINE.has(type) && canonicalJson(JSON.parse(text) as Json) === text;
  } catch {
    return false;
  }
}
