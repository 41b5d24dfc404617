/** What is read off every line of the recursion experiment at every generation (recursion2.md §3.1). */

/** Lines, in the order they are shown, and what each is. */
export const LINES = {
  recursive: 'solver k’s own solutions make solver k+1, from bare primitives',
  retried:
    'the same; where the first program that fits a training task’s examples fails on its hidden inputs, later ones are tried',
  control: 'solver 0 does all solving with the same total; as many abstractions, costs refit alike',
  'costs-only': 'costs are refit, nothing is mined',
  random: 'a pattern at random instead of the best',
  longer: 'solver 0 with the whole total for each reading',
  expert: '18 helpers and costs by hand, by somebody who knew the generator',
  'expert-costs': 'the expert’s helpers, costs refit',
  'expert-recursive': 'recursion that starts from the expert’s helpers and costs',
  robust: 'recursion from the expert, a quarter of whose costs is mixed into every generation’s',
  oracle: 'every part of the generator given as a primitive, costs refit: the ceiling',
} as const;

export type LineName = keyof typeof LINES;
export const LINE_NAMES = Object.keys(LINES) as readonly LineName[];

/** Of one generation: what a solver may spend on all tasks together. */
export interface SearchBudget {
  readonly unit: 'candidates' | 'cpu-ms';
  readonly amount: number;
}

/** Shares of the budget at which the tasks solved so far are counted. */
export const SHARES = [0.05, 0.1, 0.25, 0.5, 1] as const;

export interface Reading {
  readonly generation: number;
  /** Held-out tasks of the pool solved, by each of `SHARES`; the last is the result. */
  readonly held: readonly number[];
  /** Held-out everyday tasks solved. */
  readonly everyday: number;
  readonly train: number;
  /** Held-out tasks that count as unsolved because the first program that fitted the examples failed on hidden inputs. */
  readonly misled: number;
  /** Geometric mean of candidates to a held-out solution; what is unsolved counts with all there were. */
  readonly effort: number;
  readonly candidates: number;
  /** Programs with a value of their own. */
  readonly kept: number;
  readonly end: 'budget' | 'memory' | 'all-found' | 'nothing-left';
  /** Of the search that was read. */
  readonly cpuMs: number;
  /** Of what made this solver of the one before: for the control its share of the long search, and mining. */
  readonly madeMs: number;
  /** Learned ones in the solver's language. */
  readonly abstractions: number;
}

/** Solvers that are tried on texts, and what each knows. */
export const TEXT_LINES = {
  uniform: 'bare primitives',
  longer: 'bare primitives, with the total of all generations',
  costs: 'costs learned on numbers',
  library: 'library and costs learned on numbers',
} as const;

export type TextLine = keyof typeof TEXT_LINES;

export interface TextReading {
  readonly line: TextLine;
  readonly solved: number;
  readonly of: number;
  readonly candidates: number;
  readonly end: Reading['end'];
  readonly cpuMs: number;
}

/** An abstraction of the last solver, for people. */
export interface Learned {
  readonly name: string;
  readonly generation: number;
  readonly body: string;
  /** Written out in bare primitives. */
  readonly expanded: string;
  /** The part of the pool, or helper of the expert, that does the same on random inputs. */
  readonly known?: string;
  /** Learned ones that it calls. */
  readonly calls: readonly string[];
  /** Training solutions that use it, themselves or through another. */
  readonly uses: number;
}

/** A held-out task that the start did not solve and the end did. */
export interface Example {
  readonly task: string;
  readonly before: { readonly candidates: number; readonly cost: number };
  readonly after: {
    readonly candidates: number;
    readonly program: string;
    readonly expanded: string;
  };
}

/** All of one seed: tasks, inputs and random choices follow from it. */
export interface SeedRun {
  readonly seed: number;
  readonly pool: 'generated' | 'deep';
  readonly budget: SearchBudget;
  readonly generations: number;
  readonly of: { readonly held: number; readonly everyday: number; readonly train: number };
  readonly lines: Readonly<Partial<Record<LineName, readonly Reading[]>>>;
  readonly text?: readonly TextReading[];
  readonly library?: readonly Learned[];
  readonly example?: Example;
  /** Largest resident memory of the process so far, after the lines that keep to one budget, and at its end. */
  readonly peakMb: { readonly lines: number; readonly all: number };
  readonly cpuMs: number;
}
