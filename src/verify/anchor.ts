/** A head noted outside the ledger: what shows a cut end or a wholesale rewriting. */
import { GENESIS } from '../core/chain.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventRow } from '../core/events.ts';
import type { Finding } from './finding.ts';

export interface Anchor {
  see(row: Pick<EventRow, 'seq' | 'hash'>): void;
  state(): 'contained' | 'missing' | 'not given';
  /** `lastSeq`: where the ledger ends. */
  findings(lastSeq: number): readonly Finding[];
}

const HEAD_TEXT = /^(?:(\d+):)?(sha256:[0-9a-f]{64})$/;

/** @throws PacelineError `USAGE` for a text that is neither `seq:hash` nor a hash. */
export function anchorOf(text: string | undefined): Anchor {
  if (text === undefined) return { see() {}, state: () => 'not given', findings: () => [] };
  const [, number, hash] = HEAD_TEXT.exec(text.trim()) ?? [];
  if (hash === undefined) {
    throw new PacelineError(
      'USAGE',
      `"${text}" is not a head. Give it as it was printed: the number of entries, a colon, and sha256: with 64 digits.`,
      { head: text },
    );
  }
  const seq = number === undefined ? undefined : Number(number);
  let isContained = false;
  const see = (row: Pick<EventRow, 'seq' | 'hash'>): void => {
    if (row.hash === hash && (seq === undefined || seq === row.seq)) isContained = true;
  };
  see(GENESIS);
  return {
    see,
    state: () => (isContained ? 'contained' : 'missing'),
    findings: (lastSeq) =>
      isContained ? [] : [missing(text, Math.min(seq ?? lastSeq, lastSeq + 1))],
  };
}

function missing(text: string, seq: number): Finding {
  const detail = `The ledger does not contain the head ${text}: it was cut, rewritten, or is another study's.`;
  return { seq, kind: 'chain', detail };
}
