/** A part of one `measure` call that goes to a thread as one message. */
import type { CaseResult, Measured, MeasureRequest } from '../../evaluators/contract.ts';

/** One `measure` call: where its results come together. */
export interface Call {
  readonly results: (Measured | undefined)[];
  /** Requests without a result yet. */
  open: number;
  /** True once aborted or failed: late results are dropped, waiting chunks too. */
  isOver: boolean;
  readonly resolve: (results: readonly Measured[]) => void;
  readonly reject: (reason: unknown) => void;
}

export interface Chunk {
  readonly call: Call;
  /** Place of the first request in its call. */
  readonly from: number;
  readonly requests: readonly MeasureRequest[];
  /** Threads lost while working on it. */
  readonly losses: number;
}

/** At most `parts` chunks of nearly equal size. */
export function split(chunk: Chunk, parts: number): Chunk[] {
  const { requests } = chunk;
  const size = Math.ceil(requests.length / Math.max(1, parts));
  const chunks: Chunk[] = [];
  for (let at = 0; at < requests.length; at += size) {
    chunks.push({ ...chunk, from: chunk.from + at, requests: requests.slice(at, at + size) });
  }
  return chunks;
}

export function fill({ call, from }: Chunk, results: readonly Measured[]): void {
  if (call.isOver) return;
  results.forEach((result, i) => {
    call.results[from + i] = result;
  });
  call.open -= results.length;
  if (call.open > 0) return;
  call.isOver = true;
  call.resolve(call.results.filter((result) => result !== undefined));
}

/** The same outcome for every case of every request. */
export function fillWith(chunk: Chunk, result: CaseResult): void {
  fill(
    chunk,
    chunk.requests.map(({ cases }) => ({ cases: cases.map(() => result), cpuMs: 0 })),
  );
}

export function fail(call: Call, reason: unknown): void {
  if (call.isOver) return;
  call.isOver = true;
  call.reject(reason);
}
