/** Whether a commit of a repository holds what a study promoted, file by file. */
import { PacelineError } from '../../core/errors.ts';
import type { Files } from '../../tasks/contract.ts';
import { recordedConfig } from '../recorded-config.ts';
import { type ShownPromotion, showPromotions } from '../show-candidate.ts';
import { treeWith } from './commits.ts';
import { git, gitOrNothing } from './git.ts';

export interface CommitCheck {
  readonly commit: string;
  readonly candidate: string;
  /** Entry of the rollback that took the candidate back; undefined where it stands, and for the origin. */
  readonly takenBack: number | undefined;
  /** Editable files that are not as they were promoted; empty where all are. */
  readonly differs: readonly string[];
  /**
   * Other files that are not as in the commit the study began with: it was measured beside those.
   * Undefined where that commit is not here.
   */
  readonly besides: readonly string[] | undefined;
}

/**
 * The candidate is the one that the commit names in its trailer, else the incumbent: the last promotion that
 * stands, or the origin where a rollback took back all of them.
 * @throws PacelineError USAGE where there is no such commit, or nothing was promoted.
 */
export async function checkCommit(root: string, id: string, name: string): Promise<CommitCheck> {
  const { repository } = recordedConfig(root, id);
  if (repository === undefined) {
    throw new PacelineError(
      'USAGE',
      `${id} is no study of a git repository, so no commit holds it.`,
      { id },
    );
  }
  git({ cwd: root }, 'rev-parse', '--git-dir');
  const commit = commitCalled(root, name);
  if (commit === undefined) {
    throw new PacelineError(
      'USAGE',
      `There is no commit ${JSON.stringify(name)} here. Fetch it, or name another.`,
      { name },
    );
  }
  const trailer = git(
    { cwd: root },
    'log',
    '-1',
    '--no-show-signature',
    '--format=%(trailers:key=Paceline-Candidate,valueonly)',
    commit,
  ).trim();
  const promotions = await showPromotions(root, id);
  const meant = meantBy(promotions, trailer);
  if (meant === undefined) {
    throw new PacelineError(
      'USAGE',
      `${id} promoted nothing, so no commit holds a promotion of it.`,
      { id },
    );
  }
  const { files, candidate, takenBack } = meant;
  // As git would store them: line ends and filters are the repository's own.
  const differs = changedPaths(root, commit, treeWith(root, commit, files));
  const base = commitCalled(root, repository.commit);
  const others = base && changedPaths(root, base, commit).filter((path) => !(path in files));
  return { commit, candidate, takenBack, differs, besides: others || undefined };
}

/** What was taken back is no longer a promotion, however exactly a commit holds it. */
export function holdsPromotion({ differs, takenBack }: CommitCheck): boolean {
  return differs.length === 0 && takenBack === undefined;
}

interface Meant extends Pick<CommitCheck, 'candidate' | 'takenBack'> {
  readonly files: Files;
}

/** Undefined where nothing was promoted. */
function meantBy(promotions: readonly ShownPromotion[], trailer: string): Meant | undefined {
  const [first] = promotions;
  if (first === undefined) return undefined;
  const standing = promotions.filter(({ takenBack }) => takenBack === undefined);
  const isNamed = ({ record }: ShownPromotion): boolean => record.id === trailer;
  const origin = first.entry.body.from;
  const named =
    trailer === origin
      ? undefined
      : (standing.find(isNamed) ?? promotions.findLast(isNamed) ?? standing.at(-1));
  if (named === undefined)
    return { candidate: origin, files: first.record.originFiles, takenBack: undefined };
  const { record, takenBack } = named;
  return { candidate: record.id, files: record.files, takenBack: takenBack?.seq };
}

function commitCalled(cwd: string, name: string): string | undefined {
  return gitOrNothing({ cwd }, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`);
}

function changedPaths(cwd: string, from: string, to: string): readonly string[] {
  const rows = git({ cwd }, 'diff-tree', '-r', '-z', '--name-only', '--no-renames', from, to);
  return rows.split('\0').filter((path) => path !== '');
}
