/** Readings of a text that have met again are followed as one, with the worse count of the two. */
import type { Counting, Frame, Reading } from './lexer.ts';

/** One reading for each way to go on from here. */
export function joined<Count>(
  readings: readonly Reading<Count>[],
  counting: Counting<Count>,
): readonly Reading<Count>[] {
  const apart: Reading<Count>[] = [];
  for (const reading of readings) {
    const same = apart.findIndex((other) => goOnAlike(other, reading));
    const other = apart[same];
    if (other === undefined) apart.push(reading);
    else apart[same] = worse(other, reading, counting);
  }
  return apart;
}

function goOnAlike<Count>(a: Reading<Count>, b: Reading<Count>): boolean {
  if (a.at !== b.at || a.mode !== b.mode) return false;
  if (a.before !== b.before || a.onNewLine !== b.onNewLine) return false;
  let [x, y] = [a.frame, b.frame];
  while (x !== y) {
    if (x === undefined || y === undefined || x.opened !== y.opened) return false;
    [x, y] = [x.outer, y.outer];
  }
  return true;
}

function worse<Count>(
  a: Reading<Count>,
  b: Reading<Count>,
  counting: Counting<Count>,
): Reading<Count> {
  const frames: [Frame<Count>, Frame<Count>][] = [];
  let [x, y] = [a.frame, b.frame];
  while (x !== y && x !== undefined && y !== undefined) {
    frames.push([x, y]);
    [x, y] = [x.outer, y.outer];
  }
  const frame = frames.reduceRight<Frame<Count> | undefined>(
    (outer, [p, q]) => ({ ...p, count: counting.worse(p.count, q.count), outer }),
    x,
  );
  return { ...a, count: counting.worse(a.count, b.count), frame };
}
