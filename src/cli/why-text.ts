/** What the gates found, for the person who asks. Quotes of candidates are stripped where they are printed. */
import type { FindingShown, VerdictShown, WhyShown } from '../app/why/read-why.ts';
import { CHECKS, isCheckName } from '../core/checks.ts';
import { oneLine } from '../reporters/plain-text.ts';
import { countedText, shortHash } from '../reporters/report/number-text.ts';

export function whyLines({ candidate, verdicts, missing, judged }: WhyShown): readonly string[] {
  return [
    ...(verdicts.length === 0 && missing.length === 0 ? [noneText(candidate, judged)] : []),
    ...verdicts.flatMap((one) => ['', ...verdictLines(one)]).slice(1),
    ...missing,
  ];
}

function noneText(candidate: WhyShown['candidate'], judged: WhyShown['judged']): string {
  const others =
    judged.length === 0
      ? 'None was judged in this study.'
      : `Judged were ${judged.map(shortHash).join(', ')}: name one, as paceline show ${shortHash(judged.at(-1) ?? '')} --why.`;
  return `No gate judged ${shortHash(candidate)}: only what passed its confirm is judged. ${others}`;
}

function verdictLines(verdict: VerdictShown): readonly string[] {
  const { tier, entry, against, digest, findings, told } = verdict;
  const where = told === undefined ? 'in no entry of the ledger' : `entry ${told} of the ledger`;
  return [
    `${tier === 'floor' ? 'Gates' : 'Deep audit'}: ${verdict.verdict}, against ${shortHash(against)} (entry ${entry} of the gate's record, ${where}; gate ${shortHash(digest)})`,
    ...findings.flatMap(findingLines),
    ...(findings.length === 0 ? ['  no check ran'] : []),
  ];
}

function findingLines(finding: FindingShown): readonly string[] {
  const { check, verdict, why, cases, evidence, suspicion, needsPerson, incident } = finding;
  const name = isCheckName(check) ? `${check} ${CHECKS[check]}` : check;
  const rank = suspicion === undefined ? '' : `, suspicion ${suspicion.toFixed(2)}`;
  return [
    `  ${name}: ${verdict} (${countedText(cases, 'case')}${rank})`,
    // On one line each: what a candidate says must not look like a finding of its own.
    `    ${oneLine(why)}`,
    ...(needsPerson === undefined ? [] : [`    needs a person: ${oneLine(needsPerson)}`]),
    ...(incident === undefined ? [] : [`    incident: ${oneLine(incident)}`]),
    ...evidenceLines(finding, evidence),
  ];
}

/** Of a large one the beginning: --json has all of it. */
const MOST_SHOWN = 600;

function evidenceLines({ seen, trouble }: FindingShown, hash: string): readonly string[] {
  if (trouble !== undefined) return [`    evidence ${shortHash(hash)}: ${trouble}`];
  const text = JSON.stringify(seen);
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}… (--json has all)` : text;
  return [`    evidence ${shortHash(hash)}: ${shown}`];
}
