import { entriesText, type Fact, rangesText } from '../report/fact.ts';
import type { Phrase } from '../report/phrase.ts';
import { escapeHtml } from './escape-html.ts';

export function phraseHtml(phrase: Phrase): string {
  return phrase
    .map((part) => (typeof part === 'string' ? escapeHtml(part) : factHtml(part)))
    .join('');
}

/** A number with the entries it comes from: for the pointer in `title`, for programs in `data-seqs`. */
export function factHtml(fact: Fact, tag = 'span'): string {
  return `<${tag} class="fact" ${factAttributes(fact)}>${escapeHtml(fact.text)}</${tag}>`;
}

export function factAttributes(fact: Fact): string {
  const title = `${entriesText(fact)}. ${fact.how}`;
  const full =
    typeof fact.value === 'string' && fact.value.startsWith('sha256:') ? `${fact.value} — ` : '';
  return `data-fact="${escapeHtml(fact.id)}" data-seqs="${seqsAttribute(fact)}" title="${escapeHtml(full + title)}"`;
}

function seqsAttribute({ seqs, span }: Fact): string {
  const spanned = span ? [`${span.from}–${span.to}`] : [];
  return [...(seqs.length > 0 ? [rangesText(seqs)] : []), ...spanned].join(', ');
}
