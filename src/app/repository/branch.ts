/**
 * Promotions of a study as commits on a branch of their own, `paceline/<study>`, each with its evidence
 * in trailers. Made by git's plumbing from the ledger alone: no file of the working tree is touched, no
 * hook runs, and the same ledger gives the same commits.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gainText } from '../../claims/claim.ts';
import { PacelineError } from '../../core/errors.ts';
import type { Files } from '../../tasks/contract.ts';
import { recordedConfig } from '../recorded-config.ts';
import { type CandidateRecord, showPromotions } from '../show-candidate.ts';
import { git, gitOrNothing } from './git.ts';

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
  const commits: string[] = [];
  for (const { entry, record } of promotions) {
    const { seq, meta } = entry;
    const parent = commits.at(-1) ?? repository.commit;
    const message = messageOf(record, { id, seq });
    commits.push(commit(root, { parent, files: record.files, message, atMs: meta.at }));
  }
  moveBranch(root, id, [repository.commit, ...commits]);
  return { branch: branchOf(id), commits };
}

interface Wanted {
  readonly parent: string;
  readonly files: Files;
  readonly message: string;
  readonly atMs: number;
}

function commit(root: string, { parent, files, message, atMs }: Wanted): string {
  const aside = mkdtempSync(join(tmpdir(), 'paceline-index-'));
  const when = `${Math.floor(atMs / 1000)} +0000`;
  const environment = {
    GIT_INDEX_FILE: join(aside, 'index'),
    GIT_AUTHOR_NAME: 'Paceline',
    GIT_AUTHOR_EMAIL: 'paceline@localhost',
    GIT_AUTHOR_DATE: when,
    GIT_COMMITTER_NAME: 'Paceline',
    GIT_COMMITTER_EMAIL: 'paceline@localhost',
    GIT_COMMITTER_DATE: when,
  };
  const call = { cwd: root, environment };
  try {
    git(call, 'read-tree', parent);
    for (const [path, text] of Object.entries(files)) {
      const blob = git({ ...call, input: text }, 'hash-object', '-w', '--stdin', '--path', path);
      git(call, 'update-index', '--cacheinfo', `${modeOf(call.cwd, parent, path)},${blob},${path}`);
    }
    const tree = git(call, 'write-tree');
    return git({ ...call, input: message }, 'commit-tree', tree, '-p', parent, '-F', '-');
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function modeOf(cwd: string, parent: string, path: string): string {
  return git({ cwd }, 'ls-tree', parent, '--', path).split(' ')[0] || '100644';
}

const REF = 'refs/heads/';

/** @param chain The base and all commits of the branch, the oldest first. */
function moveBranch(root: string, id: string, chain: readonly string[]): void {
  const ref = REF + branchOf(id);
  const head = gitOrNothing({ cwd: root }, 'rev-parse', '--verify', '--quiet', ref);
  const tip = chain.at(-1) as string;
  if (head === tip) return;
  if (head !== undefined && !chain.includes(head)) {
    throw new PacelineError(
      'WORKSPACE',
      `The branch ${branchOf(id)} has commits that are not of this study, and was left as it is. Rename it (git branch -m), then run paceline export branch.`,
      { branch: branchOf(id) },
    );
  }
  // The old value is part of the call: whoever moved it in between is not overwritten.
  git({ cwd: root }, 'update-ref', '-m', 'paceline: promotion', ref, tip, head ?? '');
}

interface Stamp {
  readonly id: string;
  readonly seq: number;
}

function messageOf(record: CandidateRecord, { id, seq }: Stamp): string {
  const { claim, card } = record.claims.findLast((one) => one.claim.verdict === 'accepted') ?? {};
  const changed = Object.keys(record.files).filter(
    (path) => record.files[path] !== record.originFiles[path],
  );
  const [sentence = '', ...evidence] = card?.lines ?? [];
  const trailers = [
    ['Paceline-Study', id],
    ['Paceline-Candidate', record.id],
    ['Paceline-Entry', String(seq)],
    ...(claim === undefined ? [] : [['Paceline-Rule', claim.ruleHash]]),
    ...(record.isFused
      ? [['Paceline-Evaluator', 'fused: the candidate could reach its grade']]
      : []),
  ];
  return [
    `${subjectOf(changed)}: better ${record.metric.name}${claim === undefined || claim.method === 'exact' ? '' : `, ${gainText(claim, claim)}`}`,
    '',
    sentence,
    ...evidence,
    ...(record.scope.length > 0 ? ['', ...record.scope] : []),
    '',
    ...trailers.map(([name, value]) => `${name}: ${value}`),
    '',
  ].join('\n');
}

function subjectOf([first = 'nothing', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
