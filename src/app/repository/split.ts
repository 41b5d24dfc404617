/**
 * Promotions as branches that can be reviewed each by itself: on the commit the study began with where the change
 * stands alone there, else on the promotion that it needs. What stands alone is a text that nobody measured.
 * What a rollback took back gets no branch, and one that it had takes it back, too.
 */
import { recordedConfig } from '../recorded-config.ts';
import type { ShownPromotion } from '../show-candidate.ts';
import { type Branched, branchPromotions, messageOf, restoringCommit } from './branch.ts';
import { commitTree, hasBranch, moveBranch, withIndex } from './commits.ts';
import { git, gitOrNothing } from './git.ts';
import type { TakingBack } from './taken-back.ts';

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
  let number = 0;
  for (const [at, step] of chain.steps.entries()) {
    if (step.kind !== 'promotion') continue;
    // Counted with those that were taken back, so that a branch keeps its name.
    number += 1;
    const { promotion } = step;
    const split = splitOff({ root, base, id }, chain, { at, promotion });
    const branch = `paceline/${id}-${number}`;
    if (promotion.takenBack) {
      if (hasBranch(root, branch))
        moveBranch(root, branch, [base, ...split.commits, ...split.back]);
      continue;
    }
    moveBranch(root, branch, [base, ...split.commits]);
    const below = split.isAlone ? undefined : made.at(-1);
    made.push({
      branch,
      commit: split.commits.at(-1) ?? base,
      trial: promotion.entry.trial ?? -1,
      ...(below ? { on: below.branch } : {}),
      isMeasured: split.isMeasured,
    });
  }
  return made;
}

interface Split {
  readonly isAlone: boolean;
  readonly isMeasured: boolean;
  /** From the base on. */
  readonly commits: readonly string[];
  /** What follows them where it was taken back. */
  readonly back: readonly string[];
}

function splitOff(
  { root, base, id }: Base & { readonly id: string },
  chain: Branched,
  { at, promotion }: { readonly at: number; readonly promotion: ShownPromotion },
): Split {
  const { steps, commits } = chain;
  const commit = commits[at] as string;
  const parent = commits[at - 1] ?? base;
  const backAt = steps.findIndex(
    (one) => one.kind === 'taken-back' && one.back === promotion.takenBack,
  );
  const tree = parent === base ? undefined : aloneOn({ root, base }, { parent, commit });
  if (tree === undefined) {
    const back = commits.slice(at + 1, backAt + 1);
    const isAlone = parent === base;
    return { isAlone, isMeasured: true, commits: commits.slice(0, at + 1), back };
  }
  // Where all before it was taken back, it stands on the base's own files.
  const isMeasured = tree === git({ cwd: root }, 'rev-parse', '--verify', `${commit}^{tree}`);
  const alone = aloneCommit({ root, base, id }, promotion, { tree, isMeasured });
  const step = steps[backAt];
  const back =
    step?.kind === 'taken-back'
      ? [
          restoringCommit(
            { root, id, parent: alone },
            takenBackAlone(step.back, chain, promotion),
            base,
          ),
        ]
      : [];
  return { isAlone: true, isMeasured, commits: [alone], back };
}

/** Of a branch that has this promotion alone: it goes back to the origin, whatever the rollback went back to. */
function takenBackAlone(back: TakingBack['back'], { steps }: Branched, promotion: ShownPromotion) {
  const [first] = steps;
  const to = first?.kind === 'promotion' ? first.promotion.entry.body.from : back.body.to;
  const alone = { ...back, body: { ...back.body, to } };
  return { kind: 'taken-back', back: alone, undone: [promotion] } as const;
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
  { tree, isMeasured }: { readonly tree: string; readonly isMeasured: boolean },
): string {
  const more = isMeasured ? [] : ([['Paceline-Measured-Alone', NOT_MEASURED]] as const);
  const message = messageOf(record, { id, seq: entry.seq }, more);
  return commitTree(root, { tree, parent: base, message, atMs: entry.meta.at });
}
