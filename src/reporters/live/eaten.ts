/** A budget that is mostly gone before anything was tried: told once, while there is time to give more. */
import type { Progress } from '../contract.ts';

const EATEN = 0.25;

/** What is to be said now: one line, or none. */
export function eatenWatch(): (progress: Progress) => readonly string[] {
  let isTold = false;
  return ({ trials, evals, budgetShare }) => {
    if (isTold || trials > 0 || evals === 0 || budgetShare < EATEN) return [];
    isTold = true;
    return [
      `${Math.floor(100 * budgetShare)} % of the budget is spent before the first trial, on the noise floor, the references and calls to models. Give more, or make a case cheaper.`,
    ];
  };
}
