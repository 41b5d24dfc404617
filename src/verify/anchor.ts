/**
 * Heads noted outside the ledger: what shows a cut end or a wholesale rewriting. An entry whose hash was
 * noted vouches for all before it, so two heads, one contained and one not, tell where to look.
 */
import { GENESIS } from '../core/chain.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventRow } from '../core/events.ts';
import type { Finding } from './finding.ts';
import type { Whereabouts } from './whereabouts.ts';

export interface Anchor {
  see(row: Pick<EventRow, 'seq' | 'hash'>): void;
  state(): 'contained' | 'missing' | 'not given';
  /** `lastSeq`: where the ledger ends. */
  findings(lastSeq: number, where: Whereabouts): readonly Finding[];
}

const HEAD_TEXT = /^(?:(\d+):)?(sha256:[0-9a-f]{64})$/;

interface Head {
  readonly text: string;
  readonly seq: number | undefined;
  readonly hash: string;
  /** Entry that has it. */
  foundAt: number | undefined;
}

/** @throws PacelineError `USAGE` for a text that is neither `seq:hash` nor a hash. */
export function anchorOf(texts: readonly string[]): Anchor {
  const heads = texts.map(headOf);
  const see = (row: Pick<EventRow, 'seq' | 'hash'>): void => {
    for (const head of heads) {
      const isIt = row.hash === head.hash && (head.seq === undefined || row.seq === head.seq);
      if (isIt) head.foundAt ??= row.seq;
    }
  };
  see(GENESIS);
  return {
    see,
    state() {
      if (heads.length === 0) return 'not given';
      return heads.every(({ foundAt }) => foundAt !== undefined) ? 'contained' : 'missing';
    },
    findings(lastSeq, where) {
      return heads.flatMap((head) => {
        const { foundAt } = head;
        if (foundAt === undefined) return [missing(head, lastSeq, where)];
        where.vouch(foundAt);
        return [];
      });
    },
  };
}

function headOf(text: string): Head {
  const [, number, hash] = HEAD_TEXT.exec(text.trim()) ?? [];
  if (hash !== undefined) {
    const seq = number === undefined ? undefined : Number(number);
    return { text, seq, hash, foundAt: undefined };
  }
  throw new PacelineError(
    'USAGE',
    `"${text}" is not a head. Give it as it was printed: the number of entries, a colon, and sha256: with 64 digits.`,
    { head: text },
  );
}

/** Cut, where the ledger ends before it; altered somewhere up to it, where it does not. */
function missing({ text, seq }: Head, lastSeq: number, where: Whereabouts): Finding {
  const at = Math.min(seq ?? lastSeq, lastSeq + 1);
  where.accuse(at);
  const detail = `The ledger does not contain the head ${text}: it was cut, rewritten, or is another study's.`;
  return { seq: at, kind: 'chain', detail };
}
