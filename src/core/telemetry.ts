/** The heartbeat of a ticket: measurements and calls by what became of them. */
export interface Telemetry {
  /** Cases and inputs together. */
  readonly asked: number;
  readonly answered: number;
  /** Ended with an error of the machine or of the task's own part: known, and no answer. */
  readonly broken: number;
  /** One sentence for each answer that came short, or without its record of CPU time. */
  readonly missing: readonly string[];
}
