/** δ of the objective, from the rule and `safety` of the config. */
export interface Tolerance {
  /** Metric units, above 0; of times a difference of their logarithms. It goes before `smallestEffect`. */
  readonly margin?: number;
  /** In σ of one evaluation, which the check measures itself, of the incumbent on cases of its own. */
  readonly smallestEffect: number;
  /** B: paired differences lie in [−B, B], and the test is of their mean. Absent: of their centre. */
  readonly bound?: number;
  /** m of the rule, oriented: a claim says "better by more than m". Absent: 0. */
  readonly minEffect?: number;
  /** Of a time: ms in one unit of the metric; absent where the unit does not say (`msPerUnit`). */
  readonly msPerUnit?: number;
  /** Of a time: no run can be shorter than this (excluded), metric units; what reading the input takes. */
  readonly fastest?: number;
}
