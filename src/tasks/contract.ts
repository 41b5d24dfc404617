/** What is improved: a codec between canonical candidate text and the files an evaluator sees. */
export interface TaskKind {
  readonly name: string;
  /** Weight of one unaudited promotion in audit debt (safety.md §4). */
  readonly debtWeight: number;
  /** Canonical text of a candidate written by a person (for example TypeScript source). */
  fromSource(source: string): string;
  /** The readable source of a candidate: what people review. */
  toSource(text: string): string;
  /** Files the evaluator command finds in its candidate folder. */
  materialise(text: string): Readonly<Record<string, string>>;
  /** Number of syntax nodes. */
  size(text: string): number;
}
