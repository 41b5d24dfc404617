/** What crosses between the queue and its threads: plain, structured-cloneable data. */
import type { Json } from '../../core/json.ts';
import type { Measured, MeasureRequest } from '../../evaluators/contract.ts';
import type { Vocabulary } from '../../lang/vocabulary.ts';

/** What every thread builds its interpreter from. */
export interface InterpreterSpec {
  /** Path or file URL of the task's own, trusted interpreter module. */
  readonly module: string;
  readonly vocabulary: Vocabulary;
  readonly params: Readonly<Record<string, Json>>;
  readonly metric: string;
}

export interface ToThread {
  readonly requests: readonly MeasureRequest[];
}

/** Answers come in the order of the chunks sent; the first message says whether the thread is up. */
export type FromThread =
  | { readonly is: 'ready' }
  | { readonly is: 'unusable'; readonly message: string }
  | { readonly is: 'measured'; readonly results: readonly Measured[] };
