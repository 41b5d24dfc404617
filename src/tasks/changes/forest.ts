/** Changes between candidates of the closed language: one per differing subtree. */
import { PacelineError } from '../../core/errors.ts';
import { nodeChanges, withSubtree } from '../../lang/changes.ts';
import { decodeForest, encodeForest } from '../../lang/codec.ts';
import { checkForest, type Forest } from '../../lang/forest.ts';
import type { Vocabulary } from '../../lang/vocabulary.ts';
import type { Changes } from '../contract.ts';

export function forestChanges(vocabulary: Vocabulary): Changes {
  const read = (text: string): Forest => decodeForest(text, vocabulary);
  const textOf = (forest: Forest): string | undefined => {
    try {
      return encodeForest(checkForest(forest, vocabulary));
    } catch (error) {
      if (PacelineError.is(error)) return undefined;
      throw error;
    }
  };
  return {
    ablate(from, to) {
      const changed = read(to);
      const changes = nodeChanges(read(from), changed);
      if (changes.length < 2) return [];
      return changes.flatMap((change, i) => {
        const without = withSubtree(changed, change, change.before);
        const text = without && textOf(without);
        const what = `subtree ${i + 1} of ${changes.length}, in ${change.slot}`;
        return text === undefined ? [] : [{ text, what }];
      });
    },
    transfer(from, to, onto) {
      const changes = nodeChanges(read(from), read(to));
      let made: Forest | undefined = read(onto);
      for (const change of changes) made = made && withSubtree(made, change, change.after);
      const text = made && textOf(made);
      return text === undefined
        ? { why: 'the other candidate has no place for the subtree that was changed' }
        : { text };
    },
  };
}
