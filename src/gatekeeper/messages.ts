/** What engine and gatekeeper say to each other: plain data, over the channel of a child process. */
import type { Candidate } from '../core/candidate.ts';
import type { Hash } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import type { GateStamp, JudgeRequest, PoolRequest, SealRequest } from '../gates/contract.ts';
import type { AuditRequest, FloorRequest } from './contract.ts';

/** The first message: which study it is. It reads everything else itself. */
export interface Introduction {
  readonly id: string;
  readonly root: string;
  readonly config: Json;
  readonly origin: Candidate;
  /** Digest of what judges, as the study was opened with it. */
  readonly evaluator: Hash;
  /** Checks that the study promised of its floor: what has no finding of one of them does not pass. */
  readonly floor?: readonly string[];
}

/** `gate`: digest of the one that joined; another does not answer. */
export type Question =
  | { readonly ask: 'join'; readonly stamp?: GateStamp }
  | { readonly ask: 'judge'; readonly request: FloorRequest; readonly gate?: Hash }
  | { readonly ask: 'audit'; readonly request: AuditRequest; readonly gate?: Hash }
  | { readonly ask: 'rating' }
  | { readonly ask: 'sign'; readonly statement: string }
  | { readonly ask: 'reveal' }
  | { readonly ask: 'require'; readonly of: 'holdout' | 'pool'; readonly stamp?: GateStamp }
  | { readonly ask: 'holdout.seal'; readonly request: SealRequest }
  | { readonly ask: 'holdout.judge'; readonly request: JudgeRequest }
  | { readonly ask: 'holdout.reveal'; readonly generation: number; readonly candidate: Hash }
  | { readonly ask: 'pool.confirm'; readonly request: PoolRequest };

export type ToGatekeeper =
  | { readonly introduce: Introduction }
  | ({ readonly number: number } & Question)
  | { readonly cancel: number };

/** An error as data: the other side makes one of it again. */
export interface SaidError {
  readonly code: string;
  readonly message: string;
  readonly data: Readonly<Record<string, Json>>;
}

export type FromGatekeeper =
  | { readonly number: number; readonly answer: unknown }
  | { readonly number: number; readonly error: SaidError };
