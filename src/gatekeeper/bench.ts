/** What the gatekeeper stands on, chosen by `app`: it knows these contracts and no driver. */
import type { Candidate } from '../core/candidate.ts';
import type { Clock } from '../core/clock.ts';
import type { Hash } from '../core/hash.ts';
import type { Check, Tools } from '../gates/contract.ts';
import type { Kept } from '../gates/kept.ts';
import type { EvidenceStore, Signer } from './contract.ts';

/** What checks look with, and what it cost besides this process. */
export interface Metered {
  /** Those that apply, in the order in which they run. */
  readonly floor: readonly Check[];
  readonly tools: Tools;
  /** CPU time of jailed processes of its kit so far: what a ticket took is a difference. */
  cpuMs(): number;
}

export interface Bench {
  readonly kept: Kept;
  readonly evidence: EvidenceStore;
  readonly signer: Signer;
  /** What the study's first entry commits to: in everything that is signed (core/statement.ts). */
  readonly study: Hash;
  readonly origin: Candidate;
  /** Of code, checks and thresholds. */
  readonly digest: Hash;
  readonly secret: string;
  /** Checks that the study promised: a verdict without a finding of one of them is no pass. Default: none. */
  readonly promised?: readonly string[];
  readonly clock: Clock;
  /** Processor cores that the floor may keep busy. */
  readonly cores: number;
  /** Made when the first candidate comes: most studies promote little. */
  readonly metered: () => Promise<Metered>;
  /** Of deep audits, in jails of their own: at most so many evaluations. */
  readonly deep: (evals: number) => Promise<Metered>;
  /** CPU time after which no further check of a deep audit begins, ms. */
  readonly auditCpuMs: number;
}
