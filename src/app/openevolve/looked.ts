/** What the first look at an evaluator tells. */

/** What one function of the evaluator gave for the initial program. */
export interface Looked {
  readonly function: string;
  /** It returns no combined_score, and the mean of its numbers stands in. */
  readonly isMean: boolean;
  /** In turn; some of the same seed. */
  readonly values: readonly number[];
  /** Every seed gave one value however often it was asked. */
  readonly repeats: boolean;
  /** Of one case. */
  readonly wallMs: number;
}
