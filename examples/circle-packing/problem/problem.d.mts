import type { HoppingProblem } from '../../../src/optim/local-search.ts';

export function problem(task: { readonly start: readonly number[] }): HoppingProblem;
