/**
 * Roots kept in a second place, against the entries as they are now. Each root decides about its range; the
 * pieces of hashes published beside it say which entry it is.
 */
import type { EventRow } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';
import { type KeyRing, keyFault, readKeyRecords, recordHash } from '../core/key-records.ts';
import { merkleRoot } from '../core/merkle.ts';
import { leafReader, type PublishedRoots, type SignedRoot } from '../core/published-roots.ts';
import { verifySignature } from '../core/signature.ts';
import { statementOf } from '../core/statement.ts';
import type { Finding } from './finding.ts';
import { faultFinding } from './key-words.ts';
import type { Whereabouts } from './whereabouts.ts';

export interface RootWatch {
  /** In the order in which they are stored. */
  see(row: Pick<EventRow, 'hash'>): void;
  /** Once all were seen. */
  findings(where: Whereabouts): readonly Finding[];
}

export const UNWATCHED: RootWatch = { see() {}, findings: () => [] };

interface Compared {
  readonly root: SignedRoot;
  readonly isSame: boolean;
}

export function watchRoots(published: PublishedRoots): RootWatch {
  const leaves = leafReader(published.leaves);
  const compared: Compared[] = [];
  let range: Hash[] = [];
  let count = 0;
  let firstOther: number | undefined;
  return {
    see({ hash }) {
      const root = published.roots[compared.length];
      if (root === undefined) return;
      count += 1;
      range.push(hash);
      if (count <= leaves.count && !leaves.fits(count, hash)) firstOther ??= count;
      if (count < root.to) return;
      compared.push({ root, isSame: merkleRoot(range) === root.root });
      range = [];
    },
    findings(where) {
      const missing = published.roots[compared.length];
      return [
        ...placeFindings(published),
        ...compared.flatMap((one) => rangeFinding(one, firstOther, where)),
        ...(missing ? [endFinding(missing, { count, firstOther }, where)] : []),
      ];
    },
  };
}

function rangeFinding(
  { root, isSame }: Compared,
  firstOther: number | undefined,
  where: Whereabouts,
): readonly Finding[] {
  const { from, to, generation } = root;
  const isHere = firstOther !== undefined && firstOther >= from && firstOther <= to;
  if (isSame) {
    where.vouch(to);
    if (!isHere) return [];
    const detail = `The published hash of entry ${firstOther} is not under its own published root: the file in the second place was altered.`;
    return [{ seq: firstOther, kind: 'root', detail }];
  }
  where.accuse(to);
  if (firstOther !== undefined && firstOther < from) return [];
  if (isHere) where.pinpoint(firstOther);
  const what = isHere
    ? `Entry ${firstOther} is not the one that was published`
    : `An entry from ${from} to ${to} is not the one that was published`;
  const detail = `${what} under root ${generation}: it was altered, removed, moved or written anew.`;
  return [{ seq: isHere ? firstOther : from, kind: 'root', detail }];
}

/** The ledger ends before the last entry that was published. */
function endFinding(
  { to, generation }: SignedRoot,
  { count, firstOther }: { readonly count: number; readonly firstOther: number | undefined },
  where: Whereabouts,
): Finding {
  const seq = firstOther ?? count + 1;
  where.accuse(seq);
  where.pinpoint(seq);
  const detail = `Published root ${generation} is over entries up to ${to}; the ledger ends at ${count}: its end was cut.`;
  return { seq, kind: 'root', detail };
}

/** Whether the file is one that the holder of the key published. */
function placeFindings(published: PublishedRoots): readonly Finding[] {
  const { commit, roots, keys, at } = published;
  const { ring, fault } = readKeyRecords(keys);
  const findings: Finding[] = [];
  const complain = (kind: Finding['kind'], seq: number, detail: string): void => {
    findings.push({ seq, kind, detail });
  };
  if (fault) {
    const what = `Record ${fault.number} of the published keys does not hold: ${fault.why}.`;
    complain('signature', 1, what);
  }
  let before = { generation: 0, to: 0 };
  for (const root of roots) {
    const name = `Published root ${root.generation}`;
    if (root.from !== before.to + 1 || root.generation !== before.generation + 1) {
      complain('root', root.from, `${name} does not follow the one before it.`);
    }
    before = root;
    const decision = { study: commit, type: 'root.signed', body: root };
    const finding = signatureFinding(ring, { decision, at });
    if (finding) complain(finding.kind, root.from, `${name}: ${finding.detail}`);
  }
  return findings;
}

interface SignedDecision {
  readonly decision: { readonly study: Hash; readonly type: string; readonly body: SignedRoot };
  readonly at: number;
}

/** A key that was replaced later may have signed earlier: when exactly, only the ledger says. */
function signatureFinding(
  ring: KeyRing,
  { decision, at }: SignedDecision,
): Pick<Finding, 'kind' | 'detail'> | undefined {
  const { key, signature } = decision.body;
  const span = ring.spans.find((one) => one.key === key);
  const fault = keyFault(ring, key, Math.min(at, span?.to ?? at));
  if (fault?.why === 'unknown' || span === undefined) return faultFinding({ why: 'unknown' }, key);
  const statement = statementOf(decision);
  if (verifySignature({ publicKey: span.publicKey, statement, signature })) return undefined;
  return { kind: 'signature', detail: 'its signature does not fit.' };
}

/** Whether the keys in the second place have the history that they have here, as far as both go. */
export function keysDiffer(published: PublishedRoots, local: PublishedRoots['keys']): boolean {
  const shared = Math.min(published.keys.length, local.length);
  const hashes = (records: PublishedRoots['keys']): readonly Hash[] =>
    records.slice(0, shared).map(recordHash);
  return hashes(published.keys).join() !== hashes(local).join();
}
