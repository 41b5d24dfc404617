/**
 * Choices between numbers made by arithmetic instead of a jump: if-conversion (Allen, Kennedy, Porterfield & Warren,
 * "Conversion of control dependence to data dependence", POPL 1983), in the source. A jump that depends on the data is
 * guessed wrong half the time, which costs more than both sides together; one that a processor guesses right is
 * cheaper than what replaces it, so only a clock can say where this helps. The results are the same in every bit.
 */
import { type Edit, isInside, pick } from '../edit.ts';
import { inside, put } from '../grammar/expressions.ts';
import type { Change, Scene } from '../grammar/scene.ts';
import type { Span } from '../language.ts';
import { memoised } from '../memo.ts';
import { type Choice, choicesOf } from './choices.ts';
import type { Ast } from './tree.ts';

/** What a choice may call, by name. Both sides are kept for a moment, in every bit, and one of them is read. */
const HELPERS: Readonly<Record<string, string>> = {
  pair: 'const pair = new Float64Array(2);',
  select: `function select(test: boolean, yes: number, no: number): number {
  pair[0] = no;
  pair[1] = yes;
  return pair[+test] as number;
}`,
  lesser: `function lesser(a: number, b: number): number {
  pair[0] = a;
  pair[1] = b;
  return pair[+(b < a) | +(b !== b) | (+(b === a) & +(1 / b < 0))] as number;
}`,
  greater: `function greater(a: number, b: number): number {
  pair[0] = a;
  pair[1] = b;
  return pair[+(b > a) | +(b !== b) | (+(b === a) & +(1 / a < 0))] as number;
}`,
};

interface Reading {
  readonly program: Ast;
  readonly choices: readonly Choice[];
}

/** One choice or, by a coin, all of its form that may be changed. */
export function branchlessOf(programOf: (text: string) => Ast, isTyped: boolean): Change {
  const read = memoised((text): Reading => {
    const program = programOf(text);
    return { program, choices: choicesOf(text, program, isTyped) };
  });
  return (scene, rng) => {
    const { program, choices } = read(scene.source.text);
    const free = inside(scene, choices);
    const place = pick(rng, free);
    if (place === undefined) return undefined;
    const alike = free.filter(({ form }) => form === place.form);
    // Of choices inside each other the outer one: edits must not overlap.
    const apart = alike.filter((one) => !alike.some((other) => holds(other, one)));
    const chosen = rng.int(2) === 0 ? [place] : apart;
    const edits = chosen.map((choice) => put(choice, choice.text));
    const helpers = helpersFor(scene, program, { chosen, isTyped });
    return helpers && [...edits, ...helpers];
  };
}

const holds = (outer: Span, inner: Span): boolean =>
  outer !== inner && outer.start <= inner.start && inner.end <= outer.end;

interface Wanted {
  readonly chosen: readonly Choice[];
  readonly isTyped: boolean;
}

/** Before what calls them, after what stands before that; undefined where the program uses a name for something else. */
function helpersFor(
  { source }: Scene,
  program: Ast,
  { chosen, isTyped }: Wanted,
): readonly Edit[] | undefined {
  const { text, spans } = source;
  const called = [...new Set(chosen.flatMap(({ helper }) => helper ?? []))].sort();
  const names = called.length === 0 ? [] : ['pair', ...called];
  const missing = names.filter((name) => !text.includes(textOf(name, isTyped)));
  if (missing.some((name) => new RegExp(`\\b${name}\\b`).test(text))) return undefined;
  if (missing.length === 0) return [];
  const units = program.body as readonly Ast[];
  const at = units.findIndex((unit) =>
    chosen.some((one) => unit.start <= one.start && one.end <= unit.end),
  );
  const before = units[at - 1]?.end ?? 0;
  const isFree = at > 0 && isInside(spans, { start: before, end: before });
  const start = isFree ? before : (units[at] as Ast).start;
  const lines = missing.map((name) => textOf(name, isTyped)).join('\n\n');
  return [{ start, end: start, text: isFree ? `\n\n${lines}` : `${lines}\n\n` }];
}

function textOf(name: string, isTyped: boolean): string {
  const text = HELPERS[name] as string;
  return isTyped ? text : text.replace(/: (?:number|boolean)\b| as number\b/g, '');
}
