/**
 * Title and body of a pull request with the promotions of a study that stand: what is claimed, on what evidence,
 * and how to check it. What a rollback took back is named, and nothing of it is claimed.
 */
import { spawnSync } from 'node:child_process';
import { PacelineError } from '../../core/errors.ts';
import { escapeMarkdown } from '../../reporters/document/escape-markdown.ts';
import type { ShownPromotion } from '../show-candidate.ts';
import { type Branched, branchPromotions, promotedClaim, titleOf } from './branch.ts';
import { type TakingBack, trialsText, whyText } from './taken-back.ts';

export interface PullRequest {
  readonly branch: string;
  readonly title: string;
  /** Markdown; whatever candidates wrote is escaped. */
  readonly body: string;
}

/** @throws PacelineError USAGE for a study that has nothing to offer a repository. */
export async function pullRequest(root: string, id: string): Promise<PullRequest> {
  const branched = await branchPromotions(root, id);
  const stands = branched ? standingOf(branched) : [];
  const last = stands.at(-1);
  if (branched === undefined || last === undefined) {
    const why = branched
      ? `every promotion of ${id} was taken back`
      : `${id} is no study of a git repository with a promotion`;
    throw new PacelineError(
      'USAGE',
      `There is nothing to request: ${why}. paceline show says what it found.`,
      { id },
    );
  }
  const title = stands.length === 1 ? titleOf(last.record) : manyTitle(stands);
  return { branch: branched.branch, title, body: bodyOf(id, branched) };
}

function standingOf({ steps }: Branched): readonly ShownPromotion[] {
  return steps.flatMap((step) =>
    step.kind === 'promotion' && step.promotion.takenBack === undefined ? [step.promotion] : [],
  );
}

function manyTitle(promotions: readonly ShownPromotion[]): string {
  const { metric } = promotions[0]?.record ?? {};
  return `${promotions.length} promotions: better ${metric?.name}`;
}

function bodyOf(id: string, branched: Branched): string {
  const promotions = standingOf(branched);
  const backs = branched.steps.filter((step) => step.kind === 'taken-back');
  const isFused = promotions.some(({ record }) => record.isFused);
  return [
    'Found by Paceline and measured against what was there before. Each gain is of pairs on fresh cases, after the decision.',
    ...promotions.map(promotionMd),
    ...(backs.length > 0 ? [takenBackMd(backs)] : []),
    ...(isFused
      ? [
          '**The evaluator is fused**: the candidate ran beside what scored it and could have reached its grade. Read the change before you believe the figure.',
        ]
      : []),
    [
      'To check it, with the study’s file from `paceline export`:',
      '',
      '```sh',
      `paceline import ${id}.paceline.tgz   # derives every decision again`,
      `paceline verify ${id} --commit HEAD   # the files here are those that were promoted`,
      '```',
    ].join('\n'),
    '',
  ].join('\n\n');
}

/** The branch has their commits, since it only grows: whoever reads it commit by commit has to know. */
function takenBackMd(backs: readonly TakingBack[]): string {
  return [
    '### Taken back',
    '',
    'Nothing of these is claimed. The branch has the commits of these trials, and after them one that restores what stood before:',
    '',
    ...backs.map(({ back, undone }) => `- ${trialsText(undone)}: ${escapeMarkdown(whyText(back))}`),
  ].join('\n');
}

function promotionMd({ entry, record }: ShownPromotion): string {
  const { card } = promotedClaim(record) ?? {};
  const first = record.trials.find(({ trial }) => trial === entry.trial);
  const hypothesis = first?.body.hypothesis;
  return [
    `### Trial ${entry.trial}: ${escapeMarkdown(titleOf(record))}`,
    '',
    ...(card?.lines ?? []).map((line) => `- ${escapeMarkdown(line)}`),
    ...(first
      ? [`- proposed by ${escapeMarkdown(`${first.body.proposer}, ${first.body.operator}`)}`]
      : []),
    ...(hypothesis === undefined ? [] : [`- its proposer thought: ${escapeMarkdown(hypothesis)}`]),
    ...record.scope.map((line) => `- reaches for more: ${escapeMarkdown(line)}`),
  ].join('\n');
}

/** With the user's own gh, at the user's own terminal. @throws PacelineError WORKSPACE where it is missing or failed. */
export function openRequest({ branch, title, body }: PullRequest): void {
  const args = ['pr', 'create', '--head', branch, '--title', title, '--body', body];
  const { error, status } = spawnSync('gh', args, { stdio: ['inherit', 'inherit', 'inherit'] });
  if (error) {
    throw new PacelineError(
      'WORKSPACE',
      'gh was not found. Install the GitHub CLI, or open the pull request by hand with paceline export pr --file body.md.',
      {},
    );
  }
  if (status === 0) return;
  throw new PacelineError(
    'WORKSPACE',
    `gh did not open the pull request (exit code ${status}). Push the branch first: git push -u origin ${branch}.`,
    { status: status ?? -1 },
  );
}
