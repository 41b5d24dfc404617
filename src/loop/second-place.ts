import type { Hash } from '../core/hash.ts';
import type { SignedRoot } from '../core/published-roots.ts';
import type { Gatekeeper } from '../gatekeeper/contract.ts';

export interface Publication {
  /** What the study's first entry commits to. */
  readonly commit: Hash;
  /** All of them so far, in order. */
  readonly roots: readonly SignedRoot[];
  /** Hashes of the entries that the roots are over, from the first. */
  readonly entries: readonly Hash[];
}

/** Where roots are kept outside the study's folder: whoever rewrites the ledger does not reach it. */
export interface SecondPlace {
  /** In words: a folder or a git remote. */
  readonly name: string;
  /**
   * Durable there when it resolves; in a bounded time.
   * @throws PacelineError with why it could not be. It is tried again with the next root.
   */
  publish(publication: Publication, signal: AbortSignal): Promise<void>;
}

export interface RootKeeper {
  readonly signer: Pick<Gatekeeper, 'join' | 'sign'>;
  /** Absent where nobody named one. */
  readonly place?: SecondPlace;
}
