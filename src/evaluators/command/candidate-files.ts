/** The files of a candidate as a rollout gets them, or why it gets none. */
import type { Candidate } from '../../core/candidate.ts';
import type { TaskKind } from '../../tasks/contract.ts';
import { quote, sentence } from '../outcome.ts';
import type { Beside } from './workspace.ts';
import { unsafeName } from './workspace.ts';

export interface FilesOptions {
  readonly kind: Pick<TaskKind, 'materialise'>;
  readonly beside?: readonly Beside[] | undefined;
}

/** Text by name, or in one sentence why the candidate is invalid. */
export function candidateFiles(
  { kind, beside }: FilesOptions,
  { text }: Candidate,
): Readonly<Record<string, string>> | string {
  try {
    const files = kind.materialise(text);
    const unsafe = unsafeName(files);
    if (unsafe !== undefined) {
      return `The candidate's file ${quote(unsafe)} would lie outside its folder.`;
    }
    const fixed = beside?.find(({ name }) => Object.hasOwn(files, name));
    return fixed === undefined
      ? files
      : `The candidate edits ${quote(fixed.name)}, which is read-only.`;
  } catch (error) {
    return sentence(error);
  }
}
