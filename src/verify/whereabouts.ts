/**
 * Where the first altered entry is, from everything that says something about it. Hashes of single entries
 * that were published name it; so does a break of the chain, unless something else says that entries before
 * it were rewritten with hashes that fit.
 */
export interface Whereabouts {
  /** Entries 1 to `seq` are those that were written, as far as the chain up to there is whole. */
  vouch(seq: number): void;
  /** The same on the word of a signature in the ledger, which a stolen key gives too: it narrows nothing. */
  vouchSigned(seq: number): void;
  /** The first altered entry is `seq` or one before it. */
  accuse(seq: number): void;
  /** The chain breaks at `seq`. */
  breakAt(seq: number): void;
  /** All entries before `seq` have the hashes that were published, and `seq` has another. */
  pinpoint(seq: number): void;
  /** The last entry vouched for; 0 for none. */
  readonly vouched: number;
  /** Both ends included; undefined where nothing was found altered. */
  readonly altered: { readonly from: number; readonly to: number } | undefined;
}

export function newWhereabouts(): Whereabouts {
  let vouched = 0;
  let signed = 0;
  let accused = Number.POSITIVE_INFINITY;
  let broken = Number.POSITIVE_INFINITY;
  let pinpointed = Number.POSITIVE_INFINITY;
  return {
    vouch(seq) {
      vouched = Math.max(vouched, seq);
    },
    vouchSigned(seq) {
      signed = Math.max(signed, seq);
    },
    accuse(seq) {
      accused = Math.min(accused, seq);
    },
    breakAt(seq) {
      broken = Math.min(broken, seq);
    },
    pinpoint(seq) {
      pinpointed = Math.min(pinpointed, seq);
    },
    get vouched() {
      return Math.min(Math.max(vouched, signed), broken - 1);
    },
    get altered() {
      const named = Math.min(broken, pinpointed);
      const to = Math.min(accused, named);
      if (!Number.isFinite(to)) return undefined;
      const isNamed =
        accused === Number.POSITIVE_INFINITY || (to === named && pinpointed < Infinity);
      return { from: isNamed ? to : Math.min(vouched + 1, to), to };
    },
  };
}
