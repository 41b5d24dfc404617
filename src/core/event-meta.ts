/** Measured facts: chained, but not part of the logical digest. */
export interface EventMeta {
  readonly at: number;
  readonly epoch: number;
  readonly cpuMs?: number;
  /** Of `cpuMs`, what choosing among drafts took: their making and the forecasts. */
  readonly tasteMs?: number;
  readonly wallMs?: number;
  readonly worker?: string;
  /** Of the closing entry: evaluations of the trials that the end gave up, in no other count. */
  readonly givenUpEvals?: number;
}
