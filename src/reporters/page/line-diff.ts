/** Which lines two texts have in common: a longest common subsequence (Hirschberg 1977, plain table). */

export interface DiffLine {
  readonly text: string;
  readonly isChanged: boolean;
}

/** Beyond this many pairs of lines a table is not worth its memory: all lines then count as changed. */
const LARGEST_TABLE = 4_000_000;

/** The lines of both texts, each marked when it has no partner in the other. */
export function lineDiff(
  before: string,
  after: string,
): { readonly before: readonly DiffLine[]; readonly after: readonly DiffLine[] } {
  const a = before.split('\n');
  const b = after.split('\n');
  const [inA, inB] = commonLines(a, b);
  return {
    before: a.map((text, i) => ({ text, isChanged: !inA.has(i) })),
    after: b.map((text, j) => ({ text, isChanged: !inB.has(j) })),
  };
}

function commonLines(
  a: readonly string[],
  b: readonly string[],
): readonly [ReadonlySet<number>, ReadonlySet<number>] {
  const inA = new Set<number>();
  const inB = new Set<number>();
  if (a.length * b.length > LARGEST_TABLE) return [inA, inB];
  const lengths = commonLengths(a, b);
  const at = (i: number, j: number): number => lengths[i * (b.length + 1) + j] ?? 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      inA.add(i++);
      inB.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return [inA, inB];
}

/** Row i, column j: length of the longest common subsequence of a[i…] and b[j…]. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return lengths;
}
