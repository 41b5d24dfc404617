/** A JSON value: what may cross a file, a process or the ledger. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

export type Awaitable<T> = T | Promise<T>;
