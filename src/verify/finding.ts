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
    | 'gate';
  readonly detail: string;
}
