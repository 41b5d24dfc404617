/** What an element of the HTML says against what it may say. */
import { factAttributes } from '../page/phrase-html.ts';
import { STYLE } from '../page/style.ts';
import { stripControl } from '../plain-text.ts';
import { entriesText, type Fact, type FactBook } from '../report/fact.ts';
import { quoted } from './finding.ts';
import { type Attributes, attributesOf } from './html-tokens.ts';
import { isEven, type ScaleMark } from './scale-marks.ts';

export interface Frame {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly line: number;
  /** What the element and its children say. */
  text: string;
  readonly marks: ScaleMark[];
}

export interface Fault {
  readonly problem: string;
  /** Id of the fact it is about. */
  readonly about?: string;
}

/** Marks that name a fact, and what an element so marked has to say. */
const OF_FACT = {
  'data-fact': ({ text }: Fact) => text,
  'data-name': ({ id }: Fact) => id,
  'data-entries': entriesText,
  'data-how': ({ how }: Fact) => how,
} as const;
const FACT_MARKS = Object.keys(OF_FACT) as (keyof typeof OF_FACT)[];

/** True where the text is checked as a whole when the element ends. */
export function isMarked({ tag, attributes }: Frame): boolean {
  const marks = [...FACT_MARKS, 'data-question', 'data-scale'];
  return tag === 'style' || marks.some((mark) => attributes.has(mark));
}

interface Known {
  readonly book: FactBook;
  /** Questions begun so far. */
  readonly questions: number;
}

/** `frame` is complete. */
export function elementFaults(frame: Frame, { book, questions }: Known): readonly Fault[] {
  const { tag, attributes, text, marks } = frame;
  const faults: Fault[] = [];
  if (tag === 'style' && text !== STYLE)
    faults.push({ problem: 'this style is not ours; it can hide numbers or show others.' });
  if (attributes.has('data-scale') && !isEven(marks))
    faults.push({ problem: 'the marks of this axis do not stand where their numbers belong.' });
  if (attributes.has('data-question') && text !== `${questions}`)
    faults.push({ problem: `this is question ${questions}.` });
  return [...faults, ...FACT_MARKS.flatMap((mark) => factFaults(frame, mark, book))];
}

function factFaults(
  { attributes, text }: Frame,
  mark: keyof typeof OF_FACT,
  book: FactBook,
): readonly Fault[] {
  const about = attributes.get(mark);
  if (about === undefined) return [];
  const fact = book.get(about);
  if (!fact) return [{ about, problem: 'the ledger does not show this fact.' }];
  const right = stripControl(OF_FACT[mark](fact));
  const faults: Fault[] = [];
  if (text !== right) faults.push({ about, problem: `the ledger gives ${quoted(right)}.` });
  if (mark === 'data-fact' && !namesSource(attributes, fact))
    faults.push({
      about,
      problem: `it points at other entries than it comes from (${entriesText(fact)}).`,
    });
  return faults;
}

/** The pointer's text may be missing (a drawing has its own); what is there must be right. */
function namesSource(attributes: Attributes, fact: Fact): boolean {
  const right = attributesOf(factAttributes(fact));
  const isRight = (name: string): boolean => attributes.get(name) === right.get(name);
  return isRight('data-seqs') && (!attributes.has('title') || isRight('title'));
}
