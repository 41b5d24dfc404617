/** What `verify` found wrong, and where. */
export interface Finding {
  /** The first entry concerned; for entries that are missing, the number they had. */
  readonly seq: number;
  readonly kind:
    | 'chain'
    | 'order'
    | 'body'
    | 'decision'
    | 'blob'
    | 'rule-unavailable'
    | 'secret'
    | 'gate'
    /** What a verdict of the gate rests on is gone or altered; the ledger is as it was written. */
    | 'evidence'
    /** Entries are not those that a signed or published root is over. */
    | 'root'
    /** A signature does not fit what it signs, or a key not its id. */
    | 'signature'
    /** Signed by a key that no record of the signing keys names, or before it was made. */
    | 'key-unknown'
    /** Signed by a key after another had taken its place. */
    | 'key-replaced'
    /** Signed by a key from the time on from which it counts for nothing. */
    | 'key-revoked';
  readonly detail: string;
}
