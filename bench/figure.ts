/** A measured figure beside what it was meant to be. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Figures without a target are shown for comparison only. */
  readonly target?: { readonly most: number } | { readonly least: number };
  readonly note?: string;
}

export interface Bench {
  readonly name: string;
  readonly what: string;
  /** Seconds it takes here, about. */
  readonly seconds: number;
  /** `flags` of the command line, for the one bench that was named. */
  run(say: (line: string) => void, flags: readonly string[]): Promise<readonly Figure[]>;
  /** Of the result file, where flags change what is measured. Default: `name`. */
  readonly resultName?: (flags: readonly string[]) => string;
}

export function holds({ value, target }: Figure): boolean | undefined {
  if (target === undefined) return undefined;
  return 'most' in target ? value <= target.most : value >= target.least;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
