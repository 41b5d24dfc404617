import { expect, test } from 'vitest';
import { publicRoot } from '../../core/rng.ts';
import { decodeForest, encodeForest } from '../../lang/codec.ts';
import { roundParameters } from '../../lang/forest.ts';
import { LINES } from './lines.ts';
import { resetSlot } from './reset-slot.ts';
import { GP_SLOTS, GP_VOCABULARY } from './slots.ts';

test('one setting becomes a number of its range, often an end, and the rest stays', () => {
  const rng = publicRoot('reset').stream(0, 'slots');
  const before = JSON.parse(encodeForest(LINES.textbook));
  const ends = Array.from({ length: 80 }, () => {
    const text = encodeForest(roundParameters(resetSlot(rng, LINES.textbook)));
    expect(() => decodeForest(text, GP_VOCABULARY)).not.toThrow();
    const after = JSON.parse(text);
    const moved = Object.keys(after).filter(
      (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
    );
    expect(moved.length).toBeLessThanOrEqual(1);
    const [name] = moved;
    if (name === undefined) return true;
    const { least, most } = GP_SLOTS[name] as { least: number; most: number };
    const [, value] = after[name];
    expect(value).toBeGreaterThanOrEqual(least);
    expect(value).toBeLessThanOrEqual(most);
    return value === least || value === most;
  }).filter(Boolean).length;
  expect(ends).toBeGreaterThan(22);
  expect(ends).toBeLessThan(62);
});
