/**
 * Signatures on what the gatekeeper decided, and the roots it signed. A decision counts under the key that
 * was current when its entry was written.
 */
import type { StoredEvent } from '../core/events.ts';
import { keyFault } from '../core/key-records.ts';
import { merkleRoot } from '../core/merkle.ts';
import { keyIdOf, verifySignature } from '../core/signature.ts';
import { type Decision, statementOf } from '../core/statement.ts';
import type { Complain, Evidence } from './evidence.ts';
import { faultFinding } from './key-words.ts';

export function checkJoined(
  { signing }: Evidence,
  { body, meta }: StoredEvent<'gatekeeper.joined'>,
  complain: Complain,
): void {
  const { key, publicKey } = body;
  if (!isIdOf(key, publicKey)) complain('signature', 'The key’s id is not that of its public key.');
  signing.told.set(key, publicKey);
  complainOfKey({ signing }, { key, at: meta.at }, complain);
}

function isIdOf(key: string, publicKey: string): boolean {
  try {
    return keyIdOf(publicKey) === key;
  } catch {
    return false;
  }
}

interface Use {
  readonly key: string;
  /** When the entry was written: ms since 1970. */
  readonly at: number;
}

/** @returns whether it counts. */
function complainOfKey(
  { signing }: Pick<Evidence, 'signing'>,
  { key, at }: Use,
  complain: Complain,
): boolean {
  const fault = signing.ring && keyFault(signing.ring, key, at);
  if (fault === undefined) return true;
  const { kind, detail } = faultFinding(fault, key);
  complain(kind, `Not signed by a key that counts: ${detail}`);
  return false;
}

interface SignedEvent {
  readonly type: string;
  readonly meta: { readonly at: number };
  readonly body: { readonly key: string; readonly signature: string } & Decision['body'];
}

/** @returns whether it fits, by a key that counts. */
function checkSignature(
  { signing, opened }: Evidence,
  { event, about }: { readonly event: SignedEvent } & Pick<Decision, 'about'>,
  complain: Complain,
): boolean {
  const { type, body, meta } = event;
  const { key, signature } = body;
  signing.isSigned = true;
  const known = signing.ring?.spans.find((span) => span.key === key)?.publicKey;
  const publicKey = known ?? signing.told.get(key);
  const counts = complainOfKey({ signing }, { key, at: meta.at }, complain);
  if (publicKey === undefined) {
    if (counts) complain('key-unknown', 'Signed by a key that the gatekeeper did not join with.');
    return false;
  }
  const decision = { study: opened.secretCommit, type, body, ...(about ? { about } : {}) };
  if (verifySignature({ publicKey, signature, statement: statementOf(decision) })) return counts;
  complain('signature', 'The signature does not fit: this is not what the gatekeeper decided.');
  return false;
}

export function checkJudged(
  study: Evidence,
  event: StoredEvent<'gate.judged'>,
  complain: Complain,
): void {
  checkSignature(study, { event }, complain);
}

export function checkAuditOpened(
  { signing }: Evidence,
  { body: { audit, from, to } }: StoredEvent<'audit.opened'>,
): void {
  signing.audits.set(audit, { from, to });
}

export function checkAudited(
  study: Evidence,
  event: StoredEvent<'audit.finished'>,
  complain: Complain,
): void {
  const about = study.signing.audits.get(event.body.audit);
  if (about === undefined) complain('order', `Audit ${event.body.audit} was never opened.`);
  else checkSignature(study, { event, about }, complain);
}

export function checkRequested(
  { signing }: Evidence,
  { body }: StoredEvent<'approval.requested'>,
): void {
  signing.requests.set(body.approval, body);
}

/** An approval without a signature is one that nobody vouches for; a refusal needs none. */
export function checkApproval(
  study: Evidence,
  event: StoredEvent<'approval.decided'>,
  complain: Complain,
): void {
  const { approval, decision, key, signature } = event.body;
  const about = study.signing.requests.get(approval);
  if (about === undefined) {
    complain('order', `Approval ${approval} was never asked for.`);
    return;
  }
  if (key === undefined || signature === undefined) {
    if (decision === 'approve') complain('signature', 'Approved, and not signed.');
    return;
  }
  const body = { ...event.body, key, signature };
  checkSignature(study, { event: { ...event, body }, about }, complain);
}

export function checkRoot(
  study: Evidence,
  event: StoredEvent<'root.signed'>,
  complain: Complain,
): void {
  const { signing } = study;
  const { generation, from, to, root } = event.body;
  const isSigned = checkSignature(study, { event }, complain);
  const due = { generation: signing.root.generation + 1, from: signing.root.to + 1 };
  const isDue = generation === due.generation && from === due.from;
  if (!isDue || to < from || to >= event.seq) {
    const should = `root ${due.generation}, from entry ${due.from} on`;
    complain('root', `Root ${generation} over ${from} to ${to} stands where ${should} is due.`);
  }
  const range = signing.since.slice(0, to - from + 1);
  const isSame = merkleRoot(range) === root;
  if (!isSame) {
    complain(
      'root',
      `Entries ${from} to ${to} are not those that were signed as root ${generation}.`,
    );
  }
  // Without records of the keys, whoever rewrote the ledger may have signed it too.
  if (isSigned && signing.ring && isSame) signing.where.vouchSigned(to);
  if (isSigned && isDue && !isSame) signing.where.accuse(to);
  signing.since = signing.since.slice(range.length);
  signing.root = { generation, to };
}

export function checkPublication(
  { signing }: Evidence,
  { body }: StoredEvent<'root.published'>,
  complain: Complain,
): void {
  const { generation } = signing.root;
  if (body.generation === generation) return;
  complain(
    'order',
    `Root ${body.generation} is published where root ${generation} was signed last.`,
  );
}

/** The last promotion is under a root when a study with a gatekeeper closes. */
export function checkAllRooted({ signing }: Evidence, complain: Complain): void {
  const { told, promotedAt, root } = signing;
  if (told.size === 0 || promotedAt <= root.to) return;
  complain('root', `Closed without a signed root over the promotion at entry ${promotedAt}.`);
}
