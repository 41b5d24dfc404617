import type { Branched } from '../app/repository/branch.ts';
import type { SplitBranch } from '../app/repository/split.ts';

/** Where the promotions are, and how to look at them. */
export function branchLine({ branch, commits, steps }: Branched): string {
  const what = commits.length === 1 ? '1 commit' : `${commits.length} commits`;
  const isBack = steps.some(({ kind }) => kind === 'taken-back');
  const each = isBack ? ' and for each rollback that took some back' : '';
  return `Branch ${branch}: ${what}, one for each promotion${each}. Read them: git log -p HEAD..${branch}`;
}

export function splitLine({ branch, trial, on, isMeasured }: SplitBranch): string {
  const where = on === undefined ? 'alone' : `on ${on}, which it needs`;
  const said = isMeasured ? '' : '; not measured alone';
  return `Branch ${branch}: trial ${trial}, ${where}${said}`;
}
