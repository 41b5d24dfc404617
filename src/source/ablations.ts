/**
 * What a candidate changed in the origin, taken back piece by piece: each ablation is the candidate without
 * one of its changes. Which of them carried the gain is then a question that can be measured.
 */
import { diffLines } from 'diff';

type Files = Readonly<Record<string, string>>;

export interface Ablation {
  readonly path: string;
  /** Which change of that file, from 1, of how many. */
  readonly change: number;
  readonly of: number;
  /** All files, with that one change taken back. */
  readonly files: Files;
}

/** One by one in the order of paths and lines; none where there is one change only: that would be the origin. */
export function ablations(origin: Files, changed: Files): readonly Ablation[] {
  const found = Object.entries(changed).flatMap(([path, text]) => {
    const before = origin[path] ?? '';
    const pieces = before === text ? [] : piecesOf(before, text);
    const altered = pieces.flatMap(({ isChange }, i) => (isChange ? [i] : []));
    return altered.map((at, i) => ({
      path,
      change: i + 1,
      of: altered.length,
      files: { ...changed, [path]: without(pieces, at) },
    }));
  });
  return found.length > 1 ? found : [];
}

interface Piece {
  readonly isChange: boolean;
  old: string;
  now: string;
}

/** Runs of lines that are the same on both sides, and between them what differs. */
function piecesOf(before: string, after: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const { value, added = false, removed = false } of diffLines(before, after)) {
    const isChange = added || removed;
    const last = pieces.at(-1);
    const piece = last?.isChange === isChange ? last : { isChange, old: '', now: '' };
    if (piece !== last) pieces.push(piece);
    if (!added) piece.old += value;
    if (!removed) piece.now += value;
  }
  return pieces;
}

function without(pieces: readonly Piece[], at: number): string {
  return pieces.map(({ old, now }, i) => (i === at ? old : now)).join('');
}
