/** What the first look at an evaluator tells. */

/** What one function of the evaluator gave for the initial program. */
export interface Looked {
  readonly function: string;
  /** It returns no combined_score, and the mean of its numbers stands in. */
  readonly isMean: boolean;
  /** Of as many seeds as were looked at, the first one twice. */
  readonly values: readonly number[];
  readonly repeats: boolean;
  /** Of one case. */
  readonly wallMs: number;
}
