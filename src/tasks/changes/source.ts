/** Changes between candidates of source files: one per run of lines that differ. */
import { PacelineError } from '../../core/errors.ts';
import { ablations } from '../../source/ablations.ts';
import { applyDiff } from '../../source/apply-diff.ts';
import { decodeProgram, encodeProgram } from '../../source/program.ts';
import { programDiff } from '../../source/unified-diff.ts';
import type { Changes } from '../contract.ts';

/** @param isCandidate Whether a text may be run: what is left of a change may not be. */
export function sourceChanges(isCandidate: (text: string) => boolean): Changes {
  return {
    ablate(from, to) {
      const found = ablations(decodeProgram(from).files, decodeProgram(to).files);
      return found.flatMap(({ path, change, of, files }) => {
        const text = encodeProgram({ files });
        return isCandidate(text) ? [{ text, what: `change ${change} of ${of} in ${path}` }] : [];
      });
    },
    transfer(from, to, onto) {
      const patch = programDiff(decodeProgram(from), decodeProgram(to))
        .map(({ unified }) => unified)
        .join('');
      const applied = applyDiff(decodeProgram(onto).files, patch);
      if ('why' in applied) return { why: 'its patch does not fit the other candidate' };
      const text = encodeProgram({ files: applied.files });
      return isCandidate(text) ? { text } : { why: 'what it gives there may not be run' };
    },
  };
}

export function isRunnable(materialise: (text: string) => unknown): (text: string) => boolean {
  return (text) => {
    try {
      materialise(text);
      return true;
    } catch (error) {
      if (PacelineError.is(error)) return false;
      throw error;
    }
  };
}
