/**
 * What an agent tells of its work over the Agent Client Protocol (session/update), as steps for people. Pure.
 * Whatever it sends is foreign: what is not as the protocol has it is nothing.
 */
import { said } from '../../core/said.ts';
import { MOST_STEPS, type Step } from '../../core/steps.ts';
import { diffWithin } from '../../source/unified-diff.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Longest text of one step. */
const LONGEST = 4000;

/** Words come in pieces: they are one step until something else happens. */
interface Words {
  readonly kind: 'message' | 'thought';
  readonly text: string;
}

export class Journal {
  private readonly keep: (step: Step) => void;
  private readonly clean: (text: string) => string;
  private words: Words | undefined;
  private kept = 0;
  private left = 0;
  /** What it said last, whole as far as a proposal needs it. */
  private last = '';

  /** @param clean Takes out of its words what nobody is to read, before they are cut. */
  constructor(keep: (step: Step) => void, clean: (text: string) => string = (text) => text) {
    this.keep = (step) => keep({ ...step, says: clean(step.says) });
    this.clean = clean;
  }

  hear(update: unknown): void {
    const fields = fieldsOf(update);
    const words = wordsIn(fields);
    if (words) this.speak(words);
    // What is not kept is not worked out: an agent may send diffs without end.
    else if (this.kept < MOST_STEPS)
      for (const one of stepsIn(this.cleaned(fields))) this.note(one);
    else if (isStep(fields)) this.skip();
  }

  private cleaned(fields: Fields): Fields {
    const text = JSON.stringify(fields);
    const clean = this.clean(text);
    return clean === text ? fields : fieldsOf(JSON.parse(clean));
  }

  private skip(): void {
    this.pause();
    this.left += 1;
  }

  note(one: Step): void {
    this.pause();
    this.add(one);
  }

  /** @returns What it said last. */
  end(): string {
    this.pause();
    if (this.left > 0) {
      this.keep({ kind: 'note', says: `${this.left} more steps were not kept.` });
    }
    return this.last;
  }

  private speak({ kind, text }: Words): void {
    if (this.words?.kind !== kind) this.pause();
    const before = this.words?.text ?? '';
    this.words = { kind, text: (before + text).slice(0, LONGEST) };
    if (kind === 'message') this.last = this.clean(this.words.text);
  }

  private pause(): void {
    const { words } = this;
    this.words = undefined;
    if (words && words.text.trim() !== '') {
      this.add({ kind: words.kind, says: said(this.clean(words.text), { quotes: false }) });
    }
  }

  private add(one: Step): void {
    this.kept += 1;
    if (this.kept <= MOST_STEPS) this.keep(one);
    else this.left += 1;
  }
}

function wordsIn({ sessionUpdate, content }: Fields): Words | undefined {
  const kind = { agent_message_chunk: 'message', agent_thought_chunk: 'thought' } as const;
  const found = kind[sessionUpdate as keyof typeof kind];
  const { text } = fieldsOf(content);
  return found && typeof text === 'string' ? { kind: found, text } : undefined;
}

function stepsIn(fields: Fields): readonly Step[] {
  switch (fields.sessionUpdate) {
    case 'plan':
      return planOf(fields);
    case 'tool_call':
    case 'tool_call_update':
      return [...toolOf(fields), ...diffsOf(fields)];
    default:
      return [];
  }
}

function isStep({ sessionUpdate, status }: Fields): boolean {
  const isTool = sessionUpdate === 'tool_call' || sessionUpdate === 'tool_call_update';
  return sessionUpdate === 'plan' || (isTool && status !== 'in_progress');
}

function planOf({ entries }: Fields): readonly Step[] {
  const lines = listOf(entries).map((entry) => {
    const { status, content } = fieldsOf(entry);
    return `[${textOf(status)}] ${textOf(content)}`;
  });
  return lines.length === 0 ? [] : [{ kind: 'plan', says: lines.join('; ').slice(0, LONGEST) }];
}

/** A call that begins and one that ends; what happens between is nothing new. */
function toolOf({ title, kind, status, locations }: Fields): readonly Step[] {
  if (status === 'in_progress') return [];
  const places = listOf(locations).map((one) => textOf(fieldsOf(one).path));
  const what = [textOf(kind), textOf(title), textOf(status), ...places].filter((one) => one !== '');
  return what.length === 0 ? [] : [{ kind: 'tool', says: what.join(' · ') }];
}

function diffsOf({ content }: Fields): readonly Step[] {
  return listOf(content).flatMap((one): readonly Step[] => {
    const { type, path, oldText, newText } = fieldsOf(one);
    if (type !== 'diff' || typeof path !== 'string' || typeof newText !== 'string') return [];
    const before = typeof oldText === 'string' ? oldText : '';
    if (before.length + newText.length > LARGEST_DIFF) return [];
    const name = said(path, { quotes: false });
    return [
      {
        kind: 'diff',
        says: diffWithin(MOST_EDITS, name, { before, after: newText }).slice(0, LONGEST),
      },
    ];
  });
}

/** Characters of both sides: beyond it a diff takes longer than it is worth. */
const LARGEST_DIFF = 1_000_000;

/** The search for a shorter diff takes time by their square, and no more of it is kept. */
const MOST_EDITS = 80;

function textOf(value: unknown): string {
  return typeof value === 'string' ? said(value, { quotes: false }) : '';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 100) : [];
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
