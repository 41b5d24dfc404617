/** A work package as one Markdown file a colleague can read: every number names the entries it comes from. */

import type { ReportFacts } from '../facts.ts';
import { answersOf } from '../report/answers.ts';
import { entriesText, type Fact, rangesText } from '../report/fact.ts';
import { followOnRows } from '../report/facts-follow-ons.ts';
import { type Phrase, say } from '../report/phrase.ts';
import { statusPhrase, verdictPhrases } from '../verdict.ts';
import { codeBlock, escapeMarkdown } from './escape-markdown.ts';

export interface PackageText {
  readonly title: string;
  readonly question: string;
  readonly plan: string;
  readonly name: string;
  /** Of the brief, with its criteria. */
  readonly hash: string;
  readonly criteria: readonly {
    readonly id: string;
    readonly asked: string;
    readonly verdict: string;
    readonly found: string;
    readonly seqs: readonly number[];
  }[];
  /** In words: what all criteria together say. */
  readonly outcome: string;
}

/** Facts that were printed, in the order of their notes. */
class Notes {
  readonly facts: Fact[] = [];

  md(phrase: Phrase): string {
    return phrase
      .map((part) => {
        if (typeof part === 'string') return part;
        if (!this.facts.includes(part)) this.facts.push(part);
        return `${escapeMarkdown(part.text)}[^${this.facts.indexOf(part) + 1}]`;
      })
      .join('');
  }

  lines(): readonly string[] {
    return this.facts.map((fact, i) => {
      return `[^${i + 1}]: ${escapeMarkdown(`${entriesText(fact)}. ${fact.how}`)}`;
    });
  }
}

export function packageMarkdown(said: PackageText, facts: ReportFacts): string {
  const { book } = facts;
  const notes = new Notes();
  const next = followOnRows(book).map(({ label, phrase }) => `- ${label}: ${notes.md(phrase)}`);
  const sections = [
    `# ${escapeMarkdown(said.title)}`,
    `**${said.outcome}** ${notes.md(statusPhrase(facts))}`,
    '## Brief',
    escapeMarkdown(said.question),
    `Criteria fixed before the first trial: brief \`${said.hash}\`, in entry 1 of the ledger.`,
    criteriaTable(said),
    '## Plan',
    escapeMarkdown(said.plan),
    notes.md(
      say`What was done: rule ${book.get('rule.words')} (${book.get('rule.hash')}), config ${book.get('hash.config')}, evaluator ${book.get('hash.evaluator')}.`,
    ),
    '## Trials and analysis',
    verdictPhrases(facts)
      .map((phrase) => `- ${notes.md(phrase)}`)
      .join('\n'),
    answersOf(facts)
      .map(({ question, lead }, i) => `${i + 1}. **${question}** ${notes.md(lead)}`)
      .join('\n'),
    '## Follow-ons',
    next.length > 0 ? next.join('\n') : 'None was proposed.',
    '## Report, and how to check this page',
    codeBlock(
      ['report --open', 'verify', 'report --audit']
        .map(
          (line) =>
            `paceline ${line.replace(/^(\w+)/, `$1 ${String(book.get('study.id')?.text)}`)}`,
        )
        .concat(`paceline package show ${said.name}`)
        .join('\n'),
      '',
    ),
    notes.lines().join('\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}

function criteriaTable({ criteria }: PackageText): string {
  const rows = criteria.map(({ id, asked, verdict, found, seqs }) => {
    const from = seqs.length > 0 ? `entries ${rangesText(seqs)}` : 'no entry yet';
    return `| ${[id, asked, verdict, found, from].map(escapeMarkdown).join(' | ')} |`;
  });
  const head = '| criterion | asked | verdict | found | from |';
  return [head, '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}
