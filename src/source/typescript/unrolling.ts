/**
 * Loops written out: several rounds in a row, then what is left one by one (Dongarra & Hinds, "Unrolling loops in
 * FORTRAN", Software: Practice and Experience 9(3), 1979). V8 leaves that to the source for loops that write.
 */
import type { Rng } from '../../core/rng.ts';
import { type Edit, pick } from '../edit.ts';
import { inside, put, textOf } from '../grammar/expressions.ts';
import type { Change } from '../grammar/scene.ts';
import { indentOf, moved } from '../grammar/statements.ts';
import type { Source, Span } from '../language.ts';
import { memoised } from '../memo.ts';
import { type CountedLoop, countedLoops, type Read } from './counted-loops.ts';
import type { Ast } from './tree.ts';

/** Rounds that become one. */
const ROUNDS = [2, 4, 8, 16] as const;

/** One loop or, by a coin, all that may be changed: kernels of one kind gain or lose together. */
export function unrollingOf(programOf: (text: string) => Ast): Change {
  const found = memoised((text) => countedLoops(programOf(text)));
  return (scene, rng: Rng) => {
    const loops = inside(scene, found(scene.source.text));
    const place = pick(rng, loops);
    const rounds = pick(rng, ROUNDS);
    if (place === undefined || rounds === undefined) return undefined;
    const chosen = rng.int(2) === 0 ? [place] : loops;
    return chosen.map((loop) => put(loop, unrolled(scene.source, loop, rounds)));
  };
}

function unrolled(source: Source, loop: CountedLoop, rounds: number): string {
  const { name, init, operator, step, bound, isAlone } = loop;
  const outer = indentOf(source, loop);
  const isScoped = init !== undefined && !isAlone;
  const indent = isScoped ? `${outer}  ` : outer;
  const last = loop.ahead + (rounds - 1) * step;
  const lines = [
    ...(init === undefined ? [] : [`${textOf(source, init)};`]),
    `for (; ${name} + ${last} ${operator} ${textOf(source, bound)}; ${name} += ${rounds * step}) {`,
    ...Array.from({ length: rounds }, (_, round) =>
      copyOf(source, loop, { by: round * step, indent }),
    ),
    '}',
    restOf(source, loop, indent),
  ];
  const text = lines.join(`\n${indent}`);
  return isScoped ? `{\n${indent}${text}\n${outer}}` : text;
}

interface Copy {
  /** How far the counter is ahead. */
  readonly by: number;
  readonly indent: string;
}

function copyOf(source: Source, loop: CountedLoop, { by, indent }: Copy): string {
  const depth = loop.declares ? `${indent}    ` : `${indent}  `;
  const lines = loop.body.map((unit) => {
    const reads = by === 0 ? [] : loop.reads.filter((read) => holds(unit, read));
    const edits = reads.map((read) => put(read, aheadBy(loop.name, read, by)));
    return rewritten(source, { unit, edits, indent: depth });
  });
  const text = lines.join(`\n${depth}`);
  return loop.declares ? `  {\n${depth}${text}\n${indent}  }` : `  ${text}`;
}

const holds = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

function aheadBy(name: string, { place, plus }: Read, by: number): string {
  return place === 'operand' ? `(${name} + ${by})` : `${name} + ${plus + by}`;
}

/** The rounds that are left: the loop as it was, its counter declared before. */
function restOf(source: Source, loop: CountedLoop, indent: string): string {
  const edits = loop.init === undefined ? [] : [put(loop.init, '')];
  return rewritten(source, { unit: loop, edits, indent });
}

interface Rewriting {
  readonly unit: Span;
  /** Sorted, inside the unit. */
  readonly edits: readonly Edit[];
  readonly indent: string;
}

function rewritten({ text }: Source, { unit, edits, indent }: Rewriting): string {
  let done = 0;
  let out = '';
  for (const edit of edits) {
    out += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  const changed = out + text.slice(done);
  const end = unit.end + changed.length - text.length;
  return moved({ text: changed }, { start: unit.start, end }, indent);
}
