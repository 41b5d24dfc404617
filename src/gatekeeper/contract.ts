/**
 * The process boundary between engine and gatekeeper. What goes over it is plain data: candidates in, verdicts
 * and hashes out, never a reason.
 */
import type { Candidate } from '../core/candidate.ts';
import type { Hash } from '../core/hash.ts';
import type { Awaitable, Json } from '../core/json.ts';
import type { GateStamp } from '../gates/contract.ts';

export interface Signer {
  /** Hash of the raw public key. */
  readonly key: Hash;
  readonly publicKey: string;
  /** Ed25519, base64. @throws PacelineError `GATE_KEY` when the key was replaced or revoked meanwhile. */
  sign(statement: string): string;
}

/** Evidence by the hash of its text, sealed: read on a person's behalf, never by a proposer. */
export interface EvidenceStore {
  /** Durable when it returns. */
  put(evidence: Json): Hash;
  /** @throws PacelineError `GATE_STORE` for evidence that is gone or not what was put. */
  get(hash: Hash): Json;
}

/** What the engine learns of the process that judges. */
export interface GateIdentity {
  readonly digest: Hash;
  readonly secretCommit: Hash;
  readonly key: Hash;
  readonly publicKey: string;
  readonly user: { readonly own: true } | { readonly shared: string };
}

/** Where the gatekeeper wrote an answer down, and its signature on it. */
export interface SignedStamp extends GateStamp {
  readonly key: Hash;
  readonly signature: string;
}

export interface FloorRequest {
  readonly candidate: Candidate;
  readonly against: Candidate;
}

/** Never a reason, which would teach the next attack (safety.md §2). */
export interface FloorAnswer extends SignedStamp, Costly {
  readonly verdict: 'pass' | 'fail' | 'deferred';
  readonly needsPerson?: true;
  /** A deep audit follows its promotion at once (C17). */
  readonly sampled?: true;
  /** Cases of each property that this study's verdicts try: of the origin's cost alone. */
  readonly propertyCases?: number;
  /** An attack, by kind: promotions stop. */
  readonly incident?: string;
  readonly tookMs: number;
  readonly cpuMs: number;
}

export interface AuditRequest {
  readonly audit: number;
  /** What was certified last, and the incumbent. */
  readonly from: Candidate;
  readonly to: Candidate;
  /** Candidates promoted since `from`, in order; the last is `to`. */
  readonly lineage: readonly Candidate[];
  /** Evaluations of the task's evaluator that it may take: audits have a share of all there are. */
  readonly evals: number;
  /** CPU time that it may take, ms; what it does not look at for it stays debt. Absent: as much as the config allows. */
  readonly cpuMs?: number;
}

/** What an answer tells besides itself: no entry of the gate's own says it. */
export interface Costly {
  /** CPU time of the gatekeeper and its jails that no answer before this one told, ms, whatever it was for. */
  readonly untoldMs?: number;
}

export interface AuditAnswer extends SignedStamp, Costly {
  readonly verdict: 'pass' | 'fail' | 'deferred';
  readonly completeness: number;
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly incident?: string;
}

/** How the gate does on what is known to be good or bad, asked before each promotion. */
export interface GateRating extends GateStamp, Costly {
  readonly traps: number;
  readonly caught: number;
  readonly honest: number;
  readonly refused: number;
  readonly recallLower: number;
  readonly frozen: boolean;
}

export interface Revealed extends Costly {
  readonly secret: string;
}

/**
 * The engine's side of the process boundary. What an implementation promises:
 * - a verdict is durable in the gate's own store before it is given; the same candidate against the same
 *   incumbent gets the same verdict again;
 * - a gatekeeper that dies in the middle is started again and asked anew; what it never answered is no pass;
 * - nothing but the fields of an answer leaves it.
 */
export interface Gatekeeper {
  /**
   * `stamp`: the last entry of its record that the ledger names.
   * @throws PacelineError `GATE_STORE`, `GATE_KEY` or `GATE_UNQUALIFIED` in words for the person who starts.
   */
  join(stamp: GateStamp | undefined): Promise<GateIdentity>;
  judge(request: FloorRequest, signal: AbortSignal): Promise<FloorAnswer>;
  /** Runs beside the search, on a queue of its own; the same audit gets the same answer again. */
  audit(request: AuditRequest, signal: AbortSignal): Promise<AuditAnswer>;
  rating(): Promise<GateRating>;
  /** Signs the bytes of a decision of the engine's: a Merkle root, an approval. */
  sign(statement: string): Promise<Omit<SignedStamp, keyof GateStamp>>;
  /** For people and verifiers, when the search is over: the secret of its cases. It judges nothing from then on. */
  reveal(): Promise<Revealed>;
  close(): Awaitable<void>;
}
