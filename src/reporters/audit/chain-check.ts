/** The entries read are the entries that were chained: order, hashes, and the digest the report names. */
import { GENESIS, type Head, nextHead } from '../../core/chain.ts';
import type { StoredEvent } from '../../core/events.ts';
import type { ReportFacts } from '../facts.ts';
import { type AuditFinding, SUSPECT_LEDGER } from './finding.ts';

export interface ChainCheck {
  add(event: StoredEvent): void;
  findings(facts: ReportFacts): readonly AuditFinding[];
}

export function newChainCheck(): ChainCheck {
  let head: Head = GENESIS;
  let broken: AuditFinding | undefined;
  return {
    add(event) {
      if (broken) return;
      const { seq, type, v, trial = null, actor, body, meta, hash } = event;
      if (seq !== head.seq + 1) {
        broken = finding(event, `it follows entry ${head.seq}, which it cannot.`);
        return;
      }
      // An event was read from text that this same call wrote, so it gives that text again.
      const text = { body: JSON.stringify(body), meta: JSON.stringify(meta) };
      head = nextHead(head, { seq, type, v, trial, actor, ...text });
      if (head.hash !== hash)
        broken = finding(event, 'not the entry that was recorded: its hash differs.');
    },
    findings({ given }) {
      if (broken) return [broken];
      const logical = given.head?.logical;
      if (logical === undefined || logical === head.logical) return [];
      const last = { seq: head.seq, type: 'the last entry' };
      return [finding(last, 'the logical digest of the entries is not the one the report names.')];
    },
  };
}

function finding(
  { seq, type }: { readonly seq: number; readonly type: string },
  problem: string,
): AuditFinding {
  return { place: `entry ${seq}`, text: `${type}: ${problem}`, advice: SUSPECT_LEDGER };
}
