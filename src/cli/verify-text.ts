/** What `verify` prints of one study: what holds, what does not and what mends it, what it could not see. */
import { type CommitCheck, holdsPromotion } from '../app/repository/check-commit.ts';
import type { VerifyReport } from '../app/verify-study.ts';
import { countedText, countText } from '../reporters/report/number-text.ts';

type Finding = VerifyReport['findings'][number];

export function verifyLines(
  id: string,
  report: VerifyReport,
  held?: CommitCheck,
): readonly string[] {
  const { checked, findings, findingCount, head, anchor, blind, ok } = report;
  const count = `${findingCount} finding${findingCount === 1 ? '' : 's'}`;
  const failed = report.isUnverified
    ? 'NOT VERIFIED: part of it is unknown to this release'
    : count;
  const found = findings.map(({ seq, kind, detail }) => `  entry ${seq} (${kind}): ${detail}`);
  const more = findingCount - findings.length;
  const { altered } = report;
  return [
    `${id}: ${ok ? `holds${held && !holdsPromotion(held) ? ', and the commit is not what was promoted' : ''}` : failed}`,
    ...(held ? commitLines(held) : []),
    `  ${countText(checked.entries)} entries chained; ${countedText(checked.trials, 'trial')}, ${countedText(checked.confirms, 'confirm')} of all arms, ${countedText(checked.promotions, 'promotion')} and ${countedText(checked.comparisons, 'comparison')} derived again`,
    `  head ${head.seq}:${head.hash}`,
    ...(anchor === 'not given' ? [] : [`  ${anchorText(report)}`]),
    ...(report.published ? [`  ${publishedText(report.published, findings)}`] : []),
    ...(altered ? [`  ${alteredText(altered)}`] : []),
    ...found,
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(ok ? [] : [adviceOf(report)]),
    'Not visible from the ledger alone:',
    ...blind.map((one) => `  - ${one}`),
  ];
}

function alteredText({ from, to }: NonNullable<VerifyReport['altered']>): string {
  return from === to
    ? `the first altered, removed or added entry is ${from}`
    : `the first altered, removed or added entry is one of ${from} to ${to}: a head from in between, or --roots, narrows it`;
}

/** A hash that stands where it stood says nothing of a chain that does not lead to it. */
function anchorText({ anchor, altered }: VerifyReport): string {
  const but = anchor === 'contained' && altered ? ', but entries before it were altered' : '';
  return `the given head is ${anchor}${but}`;
}

function publishedText(
  { roots, to }: NonNullable<VerifyReport['published']>,
  findings: VerifyReport['findings'],
): string {
  const said = `${countedText(roots, 'published root')}, over entries 1 to ${countText(to)}`;
  return findings.some(({ kind }) => kind === 'root')
    ? `${said}: not as published`
    : `${said}: as published`;
}

/** What mends it: of a ledger that is as it was written, what is gone lies beside it. */
function adviceOf({ isUnverified, findings, findingCount }: VerifyReport): string {
  if (isUnverified) return 'Verify it with the release that wrote it, or a newer one.';
  const isAll = (is: (finding: Finding) => boolean): boolean =>
    findingCount > 0 && findings.length === findingCount && findings.every(is);
  if (isAll(({ kind }) => kind === 'key-unknown')) {
    return 'The entries are chained, but nobody here can say whose signatures these are. Restore .paceline/gate/keys from a copy, or give the place where roots are published (--roots), which has the records of the keys.';
  }
  if (isAll(({ kind }) => kind.startsWith('key-'))) {
    return 'The entries are chained, but these decisions are signed by keys that do not count (paceline keys list). Rely on none of them; a new study decides anew.';
  }
  if (isAll(({ kind }) => kind === 'evidence')) {
    return 'The ledger is as it was written; what those verdicts rest on is not. Restore .paceline/gate from a copy; until then they count for nothing (paceline show CANDIDATE --why names the files).';
  }
  return 'Do not trust what follows these entries; restore a copy of the ledger.';
}

function commitLines({
  commit,
  candidate,
  takenBack,
  differs,
  besides,
}: CommitCheck): readonly string[] {
  const who = `${commit.slice(0, 12)} against candidate ${candidate.slice('sha256:'.length, 19)}`;
  const own =
    differs.length === 0
      ? `  commit: its files are those that were promoted (${who})`
      : `  commit: ${differs.join(', ')} not as promoted (${who})`;
  const gone =
    takenBack === undefined
      ? []
      : [
          `  commit: this candidate was TAKEN BACK in entry ${takenBack}. Use the tip of the branch (paceline export branch).`,
        ];
  return [own, ...gone, ...besidesLine(besides)];
}

/** A gain was measured beside the files of one commit: whoever merges should hear of others. */
function besidesLine(besides: readonly string[] | undefined): readonly string[] {
  if (besides === undefined) {
    return ['  other files: not compared, the commit the study began with is not here'];
  }
  if (besides.length === 0) return ['  other files: as they were measured'];
  const more = besides.length > NAMED ? ` and ${besides.length - NAMED} more` : '';
  const names = besides.slice(0, NAMED).join(', ');
  return [`  other files: NOT as they were measured: ${names}${more}. Read them.`];
}

const NAMED = 5;
