/** Every number of the HTML stands in an element that names its fact, and is that fact's text. */
import type { FactBook } from '../report/fact.ts';
import { elementFaults, type Frame, isMarked } from './element-faults.ts';
import { type AuditFinding, quoted, WRITE_AGAIN } from './finding.ts';
import { type Attributes, htmlTokens } from './html-tokens.ts';
import type { ScaleMark } from './scale-marks.ts';

/** Attributes that people see or hear. */
const SPOKEN = ['title', 'aria-label', 'alt'] as const;
const QUESTIONS = 11;
const UNTRACED = 'a number here is no fact of the ledger.';

interface Opened {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly isEmpty: boolean;
  readonly line: number;
}

export function traceHtml(html: string, book: FactBook): readonly AuditFinding[] {
  const frames: Frame[] = [];
  const findings: AuditFinding[] = [];
  let questions = 0;
  const report = (at: { line: number; about?: string }, text: string, problem: string): void => {
    const place = `report.html line ${at.line}${at.about ? ` (${at.about})` : ''}`;
    findings.push({ place, text: `${quoted(text)}: ${problem}`, advice: WRITE_AGAIN });
  };

  function open({ tag, attributes, isEmpty, line }: Opened): void {
    const spoken = attributes.has('data-fact')
      ? []
      : SPOKEN.flatMap((one) => attributes.get(one) ?? []);
    for (const text of spoken) if (hasNumeral(text)) report({ line }, text, UNTRACED);
    if (!isEmpty) frames.push({ tag, attributes, line, text: '', marks: [] });
  }

  function say(text: string, line: number): void {
    for (const frame of frames) frame.text += text;
    if (hasNumeral(text) && !frames.some(isMarked)) report({ line }, text, UNTRACED);
  }

  function close(tag: string, line: number): void {
    const frame = frames.pop();
    if (frame?.tag !== tag) {
      report({ line }, `</${tag}>`, 'this element ends where it was not open.');
      return;
    }
    if (frame.attributes.has('data-question')) questions += 1;
    const scale = frames.findLast((one) => one.attributes.has('data-scale'));
    if (scale && tag === 'text') scale.marks.push(markOf(frame, scale));
    for (const { about, problem } of elementFaults(frame, { book, questions }))
      report({ line: frame.line, ...(about ? { about } : {}) }, frame.text, problem);
  }

  for (const token of htmlTokens(html)) {
    if (token.kind === 'open') open(token);
    else if (token.kind === 'close') close(token.tag, token.line);
    else if (token.kind === 'text') say(token.text, token.line);
    else report(token, token.text, 'this is no markup of a report.');
  }
  if (questions !== QUESTIONS)
    report({ line: 1 }, `${questions} questions`, `a report answers ${QUESTIONS}.`);
  return findings;
}

function hasNumeral(text: string): boolean {
  return /\p{N}/u.test(text);
}

function markOf({ text, attributes }: Frame, scale: Frame): ScaleMark {
  const axis = scale.attributes.get('data-scale') ?? '';
  return { text, at: Number(attributes.get(axis)) };
}
