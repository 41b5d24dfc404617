/** The files that somebody outside wrote, as a candidate of the study, or why they are none. Pure. */
import { PacelineError } from '../../core/errors.ts';
import type { Files, TaskKind } from '../../tasks/contract.ts';

/** Beside the candidate, or beside the reason why there is none. */
export interface Remarks {
  readonly hypothesis?: string;
  readonly expected?: number;
}

export type Answer = Remarks & ({ readonly files: Files } | { readonly why: string });

/** What a candidate is to the study: its key and size, or why it may not be one. */
export type Read = (
  text: string,
) => { readonly key: string; readonly size: number } | { readonly why: string };

export interface Proposed {
  readonly text: string;
  readonly key: string;
  readonly size: number;
}

/** The files as canonical text of the task kind. @param unchanged Keys of what it was shown as it is. */
export function candidateOf(
  files: Files,
  { kind, read }: { readonly kind: Pick<TaskKind, 'fromFiles'>; readonly read: Read },
  unchanged: ReadonlySet<string>,
): Proposed | { readonly why: string } {
  let text: string;
  try {
    text = kind.fromFiles(files);
  } catch (error) {
    if (PacelineError.is(error)) return { why: error.message };
    throw error;
  }
  const known = read(text);
  if ('why' in known) return known;
  if (!unchanged.has(known.key)) return { text, ...known };
  return { why: 'It changes nothing: its answer is its parent, or the origin, as they are.' };
}

/** Reading parses: what is shown again and again is read once. Answers of the latest texts are kept. */
export function remembering(read: Read): Read {
  const known = new Map<string, ReturnType<Read>>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const now = read(text);
    known.set(text, now);
    if (known.size > REMEMBERED) known.delete(known.keys().next().value as string);
    return now;
  };
}

/** The origin, and what parents are drawn from. */
const REMEMBERED = 64;
