/**
 * Promotions of a study as commits on a branch of their own, `paceline/<study>`, each with its evidence
 * in trailers. Made from the ledger alone: the same ledger gives the same commits.
 */
import { gainText } from '../../claims/claim.ts';
import { recordedConfig } from '../recorded-config.ts';
import { type CandidateRecord, showPromotions } from '../show-candidate.ts';
import { commitTree, moveBranch, treeWith } from './commits.ts';
import { requireCommit } from './git.ts';

export interface Branched {
  readonly branch: string;
  /** Of the promotions, the oldest first; the same before and after where nothing was added. */
  readonly commits: readonly string[];
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
  const commits: string[] = [];
  for (const { entry, record } of promotions) {
    const { seq, meta } = entry;
    const parent = commits.at(-1) ?? repository.commit;
    const message = messageOf(record, { id, seq });
    const tree = treeWith(root, parent, record.files);
    commits.push(commitTree(root, { tree, parent, message, atMs: meta.at }));
  }
  moveBranch(root, branchOf(id), [repository.commit, ...commits]);
  return { branch: branchOf(id), commits };
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
