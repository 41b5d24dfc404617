import type { Branched } from '../app/repository/branch.ts';

/** Where the promotions are, and how to look at them. */
export function branchLine({ branch, commits }: Branched): string {
  const what = commits.length === 1 ? '1 commit' : `${commits.length} commits`;
  return `Branch ${branch}: ${what}, one for each promotion. Read them: git log -p HEAD..${branch}`;
}
