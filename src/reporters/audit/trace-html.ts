/** Every number of the HTML stands in an element that names its fact, and is that fact's text. */
import { factAttributes } from '../page/phrase-html.ts';
import { STYLE } from '../page/style.ts';
import { stripControl } from '../plain-text.ts';
import { entriesText, type Fact, type FactBook } from '../report/fact.ts';
import { type AuditFinding, passage, WRITE_AGAIN } from './finding.ts';
import { type Attributes, attributesOf, htmlTokens } from './html-tokens.ts';
import { isEven, type ScaleMark } from './scale-marks.ts';

interface Frame {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly line: number;
  /** What the element and its children say. */
  text: string;
  readonly marks: ScaleMark[];
}

/** Elements whose text is checked as a whole when they end. */
const MARKS = ['data-fact', 'data-entries', 'data-how', 'data-question', 'data-scale'] as const;
/** Attributes that people see or hear. */
const SPOKEN = ['title', 'aria-label', 'alt'] as const;
const QUESTIONS = 11;

interface Trace {
  readonly book: FactBook;
  readonly frames: Frame[];
  readonly findings: AuditFinding[];
  questions: number;
}

export function traceHtml(html: string, book: FactBook): readonly AuditFinding[] {
  const trace: Trace = { book, frames: [], findings: [], questions: 0 };
  for (const token of htmlTokens(html)) {
    switch (token.kind) {
      case 'open':
        open(trace, token, token.line);
        break;
      case 'close':
        close(trace, token.tag, token.line);
        break;
      case 'text':
        say(trace, token.text, token.line);
        break;
      case 'strange':
        report(trace, token.line, `${quoted(token.text)} is no markup of a report.`);
    }
  }
  if (trace.questions !== QUESTIONS)
    report(trace, 1, `It answers ${trace.questions} of ${QUESTIONS} questions.`);
  return trace.findings;
}

interface At {
  readonly line: number;
  /** Id of the fact, where it is about one. */
  readonly about?: string;
}

function report(
  { findings }: Trace,
  { line, about }: At,
  { text, problem }: { readonly text: string; readonly problem: string },
): void {
  const place = `report.html line ${line}${about ? ` (${about})` : ''}`;
  findings.push({ place, text: passage(text), detail: `${problem} ${WRITE_AGAIN}` });
}

function isMarked({ tag, attributes }: Frame): boolean {
  return tag === 'style' || MARKS.some((mark) => attributes.has(mark));
}

function open(
  trace: Trace,
  token: { readonly tag: string; readonly attributes: Attributes; readonly isEmpty: boolean },
  line: number,
): void {
  const { tag, attributes, isEmpty } = token;
  const isFact = attributes.has('data-fact');
  const spoken = isFact ? [] : SPOKEN.map((name) => attributes.get(name) ?? '');
  for (const text of spoken.filter(hasNumeral)) untraced(trace, text, line);
  if (!isEmpty) trace.frames.push({ tag, attributes, line, text: '', marks: [] });
}

function hasNumeral(text: string): boolean {
  return /\p{N}/u.test(text);
}

function untraced(trace: Trace, text: string, line: number): void {
  report(trace, line, `The number in ${quoted(text)} is no fact of the ledger.`);
}

function say(trace: Trace, text: string, line: number): void {
  for (const frame of trace.frames) frame.text += text;
  if (hasNumeral(text) && !trace.frames.some(isMarked)) untraced(trace, text, line);
}

function close(trace: Trace, tag: string, line: number): void {
  const frame = trace.frames.pop();
  if (frame?.tag !== tag) {
    report(trace, line, `An element ${frame?.tag ?? 'nothing'} ends as ${tag}.`);
    return;
  }
  const { attributes } = frame;
  if (tag === 'style' && frame.text !== STYLE)
    report(trace, frame.line, 'The style is not this release’s; it can hide or show numbers.');
  const scale = trace.frames.findLast((one) => one.attributes.has('data-scale'));
  if (scale && tag === 'text') scale.marks.push(markOf(frame, scale));
  if (attributes.has('data-scale') && !isEven(frame.marks))
    report(trace, frame.line, 'The marks of an axis are not where their numbers belong.');
  if (attributes.has('data-question')) checkQuestion(trace, frame);
  checkFact(trace, frame);
}

function markOf({ text, attributes }: Frame, scale: Frame): ScaleMark {
  const axis = scale.attributes.get('data-scale') ?? '';
  return { text, at: Number(attributes.get(axis)) };
}

function checkQuestion(trace: Trace, { text, line }: Frame): void {
  trace.questions += 1;
  if (text !== `${trace.questions}`)
    report(trace, line, `Question ${trace.questions} has the number ${quoted(text)}.`);
}

/** What an element with this mark has to say. */
const EXPECTED: readonly (readonly [mark: (typeof MARKS)[number], text: (fact: Fact) => string])[] =
  [
    ['data-fact', ({ text }) => text],
    ['data-entries', entriesText],
    ['data-how', ({ how }) => how],
  ];

function checkFact(trace: Trace, { attributes, text, line }: Frame): void {
  for (const [mark, expected] of EXPECTED) {
    const id = attributes.get(mark);
    if (id === undefined) continue;
    const fact = trace.book.get(id);
    if (!fact) {
      report(trace, line, `${quoted(text)} names a fact that the ledger does not show.`, id);
      continue;
    }
    const right = stripControl(expected(fact));
    if (text !== right)
      report(trace, line, `It says ${quoted(text)}, the ledger gives ${quoted(right)}.`, id);
    if (mark === 'data-fact') checkSource(trace, { attributes, line }, fact);
  }
}

/** The entries it points at are the fact's own. */
function checkSource(
  trace: Trace,
  { attributes, line }: Pick<Frame, 'attributes' | 'line'>,
  fact: Fact,
): void {
  const right = attributesOf(factAttributes(fact));
  const isRight = (name: string): boolean => attributes.get(name) === right.get(name);
  const isSilent = !attributes.has('title');
  if (!isRight('data-seqs') || !(isSilent || isRight('title')))
    report(
      trace,
      line,
      `${quoted(fact.text)} points at other entries than it comes from.`,
      fact.id,
    );
}
