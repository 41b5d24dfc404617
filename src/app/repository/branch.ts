/**
 * Promotions of a study as commits on a branch of their own, `paceline/<study>`, each with its evidence
 * in trailers. What a rollback took back is followed by a commit that restores what stands: a branch only
 * grows, and its tip is the incumbent. Made from the ledger alone: the same ledger gives the same commits.
 */
import { gainText } from '../../claims/claim.ts';
import { recordedConfig } from '../recorded-config.ts';
import { type CandidateRecord, type ShownPromotion, showPromotions } from '../show-candidate.ts';
import { commitTree, moveBranch, treeWith } from './commits.ts';
import { git, requireCommit } from './git.ts';
import { type BranchStep, branchSteps, type TakingBack, takenBackMessage } from './taken-back.ts';

export interface Branched {
  readonly branch: string;
  /** Of the steps, the oldest first; the same before and after where nothing was added. */
  readonly commits: readonly string[];
  /** In order, what each commit is of: promotions, and what took some of them back. */
  readonly steps: readonly BranchStep[];
}

export function branchOf(id: string): string {
  return `paceline/${id}`;
}

/**
 * Undefined for a study that is none of a repository, or promoted nothing.
 * @throws PacelineError WORKSPACE where the branch has commits of somebody else.
 */
export async function branchPromotions(root: string, id: string): Promise<Branched | undefined> {
  const { repository } = recordedConfig(root, id);
  if (repository === undefined) return undefined;
  const promotions = await showPromotions(root, id);
  if (promotions.length === 0) return undefined;
  requireCommit(root, repository.commit);
  const base = repository.commit;
  const steps = branchSteps(promotions);
  const commits: string[] = [];
  for (const step of steps) {
    const on = { root, id, parent: commits.at(-1) ?? base };
    if (step.kind === 'promotion') {
      commits.push(promotionCommit(on, step.promotion));
      continue;
    }
    const at = steps.findIndex((one) => one.kind === 'promotion' && one.promotion === step.to);
    commits.push(restoringCommit(on, step, commits[at] ?? base));
  }
  moveBranch(root, branchOf(id), [base, ...commits]);
  return { branch: branchOf(id), commits, steps };
}

interface On {
  readonly root: string;
  readonly id: string;
  readonly parent: string;
}

function promotionCommit({ root, id, parent }: On, { entry, record }: ShownPromotion): string {
  const message = messageOf(record, { id, seq: entry.seq });
  const tree = treeWith(root, parent, record.files);
  return commitTree(root, { tree, parent, message, atMs: entry.meta.at });
}

/** The tree of a commit that was made, not one written again: with its line ends, and without files that were added since. */
export function restoringCommit({ root, id, parent }: On, step: TakingBack, of: string): string {
  const tree = git({ cwd: root }, 'rev-parse', '--verify', `${of}^{tree}`);
  const message = takenBackMessage(step, id);
  return commitTree(root, { tree, parent, message, atMs: step.back.meta.at });
}

export interface Stamp {
  readonly id: string;
  readonly seq: number;
}

export function messageOf(
  record: CandidateRecord,
  { id, seq }: Stamp,
  more: readonly (readonly [name: string, value: string])[] = [],
): string {
  const { claim, card } = promotedClaim(record) ?? {};
  const [sentence = '', ...evidence] = card?.lines ?? [];
  const trailers = [
    ['Paceline-Study', id],
    ['Paceline-Candidate', record.id],
    ['Paceline-Entry', String(seq)],
    ...(claim === undefined ? [] : [['Paceline-Rule', claim.ruleHash]]),
    ...(record.isFused
      ? [['Paceline-Evaluator', 'fused: the candidate could reach its grade']]
      : []),
    ...more,
  ];
  return [
    titleOf(record),
    '',
    sentence,
    ...evidence,
    ...(record.scope.length > 0 ? ['', ...record.scope] : []),
    '',
    ...trailers.map(([name, value]) => `${name}: ${value}`),
    '',
  ].join('\n');
}

/** What promoted it: a control arm may have accepted the same candidate, and nobody sized its gain there. */
export function promotedClaim({
  claims,
}: Pick<CandidateRecord, 'claims'>): CandidateRecord['claims'][number] | undefined {
  return claims.findLast(({ claim, arm }) => claim.verdict === 'accepted' && arm === undefined);
}

/** One line: what changed, and by how much it is better. */
export function titleOf(record: CandidateRecord): string {
  const { claim } = promotedClaim(record) ?? {};
  const changed = Object.keys(record.files).filter(
    (path) => record.files[path] !== record.originFiles[path],
  );
  const isSized = claim !== undefined && claim.method !== 'exact';
  const size = isSized ? `, ${gainText(claim, claim)}` : '';
  return `${subjectOf(changed)}: better ${record.metric.name}${size}`;
}

function subjectOf([first = 'nothing', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
