/** The first question of `verify`: are these the rows that were written, all of them, in order? */
import { GENESIS, type Head, nextHead } from '../core/chain.ts';
import type { EventRow } from '../core/events.ts';
import type { Finding } from './finding.ts';

export interface ChainCheck {
  /** Hash as stored in the last row; logical digest over the texts as they are. */
  readonly head: Head;
  /** In order; the first names the first damaged place. */
  readonly findings: readonly Finding[];
}

/**
 * Recomputes every hash from the stored text. Each break is found once: after an altered row the
 * chain is picked up from what the row says or from what it should say, whichever its successor
 * continues.
 *
 * Rows cut off at the end, and a ledger rewritten from some row on, leave a chain without a break:
 * only a head noted elsewhere, such as the one `run` prints, shows them. Compare it with `head`.
 */
export async function verifyChain(rows: AsyncIterable<readonly EventRow[]>): Promise<ChainCheck> {
  const findings: Finding[] = [];
  let at: Place = { stored: GENESIS, computed: GENESIS };
  for await (const page of rows) {
    for (const row of page) {
      const step = follow(at, row);
      at = step.at;
      if (step.finding) findings.push(step.finding);
    }
  }
  return { head: at.stored, findings };
}

/** Where the chain stands according to the last row's hash, and according to its content. */
interface Place {
  readonly stored: Head;
  readonly computed: Head;
}

interface Step {
  readonly at: Place;
  readonly finding?: Finding;
}

function follow({ stored, computed }: Place, row: EventRow): Step {
  const due = stored.seq + 1;
  if (row.seq !== due) return outOfOrder({ stored, computed }, row);
  const fromStored = nextHead(stored, row);
  if (fromStored.hash === row.hash) return { at: { stored: fromStored, computed: fromStored } };
  const fromComputed = nextHead(computed, row);
  if (fromComputed.hash === row.hash)
    return { at: { stored: fromComputed, computed: fromComputed } };
  const detail = `Entry ${due} is not what was written there: its hash does not fit its content and the entry before it.`;
  return {
    at: { stored: { ...fromStored, hash: row.hash }, computed: fromStored },
    finding: { seq: due, kind: 'chain', detail },
  };
}

/** A row from further on is taken as the new start; one from further back is passed over. */
function outOfOrder(at: Place, row: EventRow): Step {
  const due = at.stored.seq + 1;
  if (row.seq < due) {
    const detail = `Entry ${row.seq} stands again where entry ${due} is due.`;
    return { at, finding: { seq: due, kind: 'order', detail } };
  }
  const missing = row.seq - due > 1 ? `Entries ${due} to ${row.seq - 1} are` : `Entry ${due} is`;
  const here = { ...nextHead(at.stored, row), hash: row.hash };
  return {
    at: { stored: here, computed: here },
    finding: { seq: due, kind: 'order', detail: `${missing} missing.` },
  };
}
