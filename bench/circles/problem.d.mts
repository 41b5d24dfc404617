import type { HoppingProblem } from '../../src/optim/local-search.ts';

export function circlePacking(n: number): HoppingProblem;
