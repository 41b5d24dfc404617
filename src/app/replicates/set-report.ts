/** The report of a replicate set: the sentence, the pairs it rests on, and what it does not say. */
import { shortNumber } from '../../claims/claim.ts';
import { gainFigure, type Measure } from '../../claims/orient.ts';
import { findingOf } from './finding.ts';
import type { ReplicateSet } from './set-file.ts';

export function setMarkdown(set: ReplicateSet, metric: Measure): string {
  const { words, finding } = findingOf(set, metric);
  const unit = metric.kind === 'time' ? 'x as fast' : metric.unit;
  const better = metric.kind === 'time' ? 'Above 1' : 'Positive';
  const rows = set.pairs.map(
    ({ study, seed, effect, head }) =>
      `| ${study} | \`${seed}\` | ${effect === undefined ? 'not run' : shortNumber(gainFigure(metric, effect))} | ${head ?? ''} |`,
  );
  return `# ${set.id}

**${words}**

${methodText(set)}${finding?.p === undefined ? '' : ` One-sided p = ${shortNumber(finding.p)}.`}${finding?.logE === undefined ? '' : ` E = ${shortNumber(Math.exp(finding.logE))}; 20 decides.`}

| study | seed | search over best-of-n, ${unit} | head |
|---|---|---|---|
${rows.join('\n')}

${better} means that the search was better. Each pair is one study in which search and best-of-n had
the same budget in evaluations, both cut at the smaller spend of the two; its difference is the mean
of 32 fresh pairs of their finals. The interval errs on either side with probability 5 % at most. The claim is about this task,
this config and this budget. Check it with: paceline verify ${set.id}
`;
}

function methodText({ design, pairs }: ReplicateSet): string {
  return design === 'fixed'
    ? `Exact sign-flip test over ${pairs.length} paired studies, their number fixed beforehand.`
    : `E-process over paired studies until decided, at most ${pairs.length}.`;
}
