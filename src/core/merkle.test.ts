import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Hash, sha256 } from './hash.ts';
import { merkleRoot } from './merkle.ts';

/** The definition of RFC 6962, 2.1, word for word: split at the largest power of two below n. */
function byDefinition(entries: readonly Hash[]): Buffer {
  const bytes = (hash: Hash): Buffer => Buffer.from(hash.slice('sha256:'.length), 'hex');
  const digest = (...parts: readonly Uint8Array[]): Buffer => bytes(sha256(Buffer.concat(parts)));
  const [first] = entries;
  if (first === undefined) return digest();
  if (entries.length === 1) return digest(Uint8Array.of(0), bytes(first));
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  const sides = [byDefinition(entries.slice(0, k)), byDefinition(entries.slice(k))];
  return digest(Uint8Array.of(1), ...sides);
}

const entriesOf = (n: number): readonly Hash[] =>
  Array.from({ length: n }, (_, i) => sha256(`${i}`));

test('the root is that of the definition, for every number of entries up to 70', () => {
  for (let n = 0; n <= 70; n++) {
    const entries = entriesOf(n);
    expect(merkleRoot(entries), `${n}`).toBe(`sha256:${byDefinition(entries).toString('hex')}`);
  }
});

test('any entry changed, left out, added or put elsewhere gives another root', () => {
  const entries = entriesOf(21);
  const root = merkleRoot(entries);
  const at = fc.nat({ max: entries.length - 1 });
  fc.assert(
    fc.property(at, at, (a, b) => {
      const moved = entries.toSpliced(a, 1).toSpliced(b, 0, entries[a] as Hash);
      if (a !== b) expect(merkleRoot(moved)).not.toBe(root);
      expect(merkleRoot(entries.with(a, sha256('another')))).not.toBe(root);
      expect(merkleRoot(entries.toSpliced(a, 1))).not.toBe(root);
      expect(merkleRoot(entries.toSpliced(a, 0, entries[b] as Hash))).not.toBe(root);
    }),
  );
});

test('a node does not pass for an entry, and a damaged hash for no other', () => {
  const [a, b] = entriesOf(2) as [Hash, Hash];
  expect(merkleRoot([merkleRoot([a, b])])).not.toBe(merkleRoot([a, b]));
  expect(merkleRoot([a.toUpperCase()])).not.toBe(merkleRoot([a]));
});
