/**
 * Promotions as branches that can be reviewed each by itself: on the commit the study began with where the change
 * stands alone there, else on the promotion that it needs. What stands alone is a text that nobody measured.
 */
import { recordedConfig } from '../recorded-config.ts';
import { type ShownPromotion, showPromotions } from '../show-candidate.ts';
import { branchPromotions, messageOf } from './branch.ts';
import { commitTree, moveBranch, withIndex } from './commits.ts';
import { git, gitOrNothing } from './git.ts';

export interface SplitBranch {
  readonly branch: string;
  readonly commit: string;
  /** Trial that was promoted. */
  readonly trial: number;
  /** The branch it stands on; absent for the commit the study began with. */
  readonly on?: string;
  /** Its text is the one that was measured. */
  readonly isMeasured: boolean;
}

/**
 * Undefined for a study that is none of a repository, or promoted nothing.
 * @throws PacelineError WORKSPACE where one of the branches has commits of somebody else.
 */
export async function splitPromotions(
  root: string,
  id: string,
): Promise<readonly SplitBranch[] | undefined> {
  const { repository } = recordedConfig(root, id);
  const chain = await branchPromotions(root, id);
  if (repository === undefined || chain === undefined) return undefined;
  const base = repository.commit;
  const made: SplitBranch[] = [];
  for (const [i, promotion] of (await showPromotions(root, id)).entries()) {
    const commit = chain.commits[i] as string;
    const parent = chain.commits[i - 1] ?? base;
    const branch = `paceline/${id}-${i + 1}`;
    const trial = promotion.entry.trial ?? -1;
    const tree = i === 0 ? undefined : aloneOn({ root, base }, { parent, commit });
    if (i === 0 || tree === undefined) {
      const on = i === 0 ? {} : { on: made[i - 1]?.branch ?? '' };
      moveBranch(root, branch, [base, ...chain.commits.slice(0, i + 1)]);
      made.push({ branch, commit, trial, ...on, isMeasured: true });
      continue;
    }
    const alone = aloneCommit({ root, base, id }, promotion, tree);
    moveBranch(root, branch, [base, alone]);
    made.push({ branch, commit: alone, trial, isMeasured: false });
  }
  return made;
}

interface Base {
  readonly root: string;
  readonly base: string;
}

/** Whatever this person has set up for looking at differences. */
const PLAIN = [
  'diff-tree',
  '-p',
  '--binary',
  '--full-index',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
];

const AS_IT_IS = ['apply', '--cached', '--whitespace=nowarn', '--no-ignore-whitespace', '-'];

/** The tree of the base with that change alone; undefined where it does not fit. */
export function aloneOn(
  { root, base }: Base,
  { parent, commit }: { readonly parent: string; readonly commit: string },
): string | undefined {
  const patch = git({ cwd: root }, ...PLAIN, parent, commit);
  return withIndex(root, base, (call) => {
    const applied = gitOrNothing({ ...call, input: `${patch}\n` }, ...AS_IT_IS);
    return applied === undefined ? undefined : git(call, 'write-tree');
  });
}

const NOT_MEASURED = 'no: it was measured together with the promotions before it';

function aloneCommit(
  { root, base, id }: Base & { readonly id: string },
  { entry, record }: ShownPromotion,
  tree: string,
): string {
  const more = [['Paceline-Measured-Alone', NOT_MEASURED]] as const;
  const message = messageOf(record, { id, seq: entry.seq }, more);
  return commitTree(root, { tree, parent: base, message, atMs: entry.meta.at });
}
