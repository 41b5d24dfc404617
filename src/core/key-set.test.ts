import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addKey, hasKey, newKeySet, removeKey } from './key-set.ts';

test('after any adding and removing it holds what a Set does', () => {
  // Few enough names that many are added and removed again, enough that runs of them touch.
  const name = fc.nat({ max: 2_000 }).map((n) => `key ${n}`);
  const steps = fc.array(fc.tuple(fc.boolean(), name), { minLength: 1_500, maxLength: 3_000 });
  fc.assert(
    fc.property(steps, (said) => {
      const keys = newKeySet();
      const oracle = new Set<string>();
      for (const [isAdded, key] of said) {
        if (isAdded) addKey(keys, key);
        else removeKey(keys, key);
        if (isAdded) oracle.add(key);
        else oracle.delete(key);
      }
      expect(keys.size).toBe(oracle.size);
      const wrong = Array.from({ length: 2_001 }, (_, n) => `key ${n}`).filter(
        (key) => hasKey(keys, key) !== oracle.has(key),
      );
      expect(wrong).toEqual([]);
    }),
    { numRuns: 10 },
  );
});
