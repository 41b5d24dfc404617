/** What the pace of a study is held to (safety.md §4). Debt bound and weight are the study's own promise. */

/** A deep audit is due when the verified gain since the last one reaches this ratio … */
export const AUDIT_GAIN = 1.25;
export const LOG_AUDIT_GAIN: number = Math.log(AUDIT_GAIN);
/** … or after so many promotions, whichever comes first. Verdicts of the floor expire by the same two. */
export const AUDIT_GENERATIONS = 10;

/** From this weight on what is promoted is an improver: one generation may stand unaudited. */
export const IMPROVER_WEIGHT = 4;
/** From this weight on it stands next to the gates: it is audited before it is promoted. */
export const GATE_WEIGHT = 8;

/** Audits in a row without a verdict before a person has to look. */
export const DEFERRALS = 3;

/** Verdicts remembered: more than ever wait for people at once. */
export const VERDICTS_KEPT = 64;

/** Promotions and audits whose times are remembered. */
export const TIMES_KEPT = 32;

/** Share of CPU time that safety may take: audits are as large as it allows, and none is skipped for it. */
export const CPU_SHARE_TARGET = 0.4;
/** CPU time of an audit for which the share leaves less, ms: one that looks at nothing certifies nothing. */
export const LEAST_AUDIT_MS = 3_000;

/** Sums of decimals that ought to be equal to the bound are not over it. */
export const ROUNDING = 1e-9;
