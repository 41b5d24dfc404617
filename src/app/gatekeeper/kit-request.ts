/** Of which study a kit is, and what it shares with the gatekeeper that opened it. */
import type { Hash } from '../../core/hash.ts';
import type { Introduction } from '../../gatekeeper/messages.ts';
import type { GateStore } from '../../gates/contract.ts';
import type { Kept } from '../../gates/kept.ts';
import type { Config } from '../config-schema.ts';

export interface KitRequest extends Omit<Introduction, 'config'> {
  readonly config: Config;
  /** Digest of what judges, as it joined. */
  readonly gates: Hash;
  /** Opened once: it has one writer. */
  readonly store: GateStore;
  readonly kept: Kept;
  /** The gatekeeper's own secret. */
  readonly own: string;
  /** Name of its workspaces. */
  readonly work: string;
}
