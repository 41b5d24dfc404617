/** Changes of expressions: one becomes another, or a part of itself, or is joined by a test. */
import { type Edit, isInside, pick } from '../edit.ts';
import type { Source, Span } from '../language.ts';
import type { Expression } from './anatomy.ts';
import type { Change, Scene } from './scene.ts';

export const textOf = ({ text }: Pick<Source, 'text'>, { start, end }: Span): string =>
  text.slice(start, end);

export const put = ({ start, end }: Span, text: string): Edit => ({ start, end, text });

/** The text of an expression, safe at any place that takes one. */
export function operand(source: Pick<Source, 'text'>, expression: Expression): string {
  const text = textOf(source, expression);
  return expression.atomic ? text : `(${text})`;
}

/** Those of a scene that may be changed. */
export function inside<T extends Span>({ source }: Scene, spans: readonly T[]): readonly T[] {
  return spans.filter((span) => isInside(source.spans, span));
}

export const contains = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && inner.end <= outer.end && !same(outer, inner);

const same = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;

/** A test that stands somewhere in the text. */
export function anyTest({ source, anatomy }: Scene, rng: Parameters<Change>[1]) {
  const tests = anatomy.expressions.filter(({ sort }) => sort === 'truth');
  const test = pick(rng, tests);
  return test && textOf(source, test);
}

const operator: Change = (scene, rng) => {
  const { style, anatomy } = scene;
  const token = pick(rng, inside(scene, anatomy.operators));
  const family = style.families.find((words) => words.includes(token?.word ?? ''));
  const word = pick(rng, family?.filter((one) => one !== token?.word) ?? []);
  return token && word ? [put(token, word)] : undefined;
};

const negate: Change = (scene, rng) => {
  const test = pick(rng, inside(scene, scene.anatomy.conditions));
  return test && [put(test, scene.style.negate(textOf(scene.source, test)))];
};

const operands: Change = (scene, rng) => {
  const { source, anatomy } = scene;
  const pairs = anatomy.pairs.filter((pair) => inside(scene, pair).length === 2);
  const pair = pick(rng, pairs);
  if (pair === undefined) return undefined;
  const [a, b] = pair;
  return [put(a, operand(source, b)), put(b, operand(source, a))];
};

/** An expression becomes another one of its sort. */
const replace: Change = (scene, rng) => {
  const { source, anatomy } = scene;
  const place = pick(rng, inside(scene, anatomy.expressions));
  const others = anatomy.expressions.filter(
    (other) => place !== undefined && other.sort === place.sort && !same(other, place),
  );
  const gift = pick(rng, others);
  return place && gift && [put(place, operand(source, gift))];
};

/** An expression becomes a part of itself. */
const hoist: Change = (scene, rng) => {
  const { source, anatomy } = scene;
  const place = pick(rng, inside(scene, anatomy.expressions));
  if (place === undefined) return undefined;
  const parts = anatomy.expressions.filter(
    (part) => contains(place, part) && part.sort === place.sort,
  );
  const part = pick(rng, parts);
  return part && [put(place, operand(source, part))];
};

/** An expression becomes one of two, by a test. */
const choice: Change = (scene, rng) => {
  const { source, anatomy, style } = scene;
  if (style.choice === undefined) return undefined;
  const place = pick(rng, inside(scene, anatomy.expressions));
  const other = pick(
    rng,
    anatomy.expressions.filter(({ sort }) => sort === place?.sort),
  );
  const test = anyTest(scene, rng);
  if (place === undefined || other === undefined || test === undefined) return undefined;
  const sides = [operand(source, place), operand(source, other)];
  const [yes = '', no = ''] = rng.int(2) === 0 ? sides : sides.reverse();
  return [put(place, style.choice(test, yes, no))];
};

/** Two expressions are added, subtracted, multiplied. */
const combine: Change = (scene, rng) => {
  const { source, anatomy } = scene;
  const isValue = ({ sort }: Expression): boolean => sort === 'value';
  const place = pick(rng, inside(scene, anatomy.expressions).filter(isValue));
  const other = pick(rng, anatomy.expressions.filter(isValue));
  const word = pick(rng, ['+', '-', '*'] as const);
  return (
    place &&
    other &&
    word && [put(place, `(${operand(source, place)} ${word} ${operand(source, other)})`)]
  );
};

/** An expression becomes one of its sort of the mate. */
const graft: Change = (scene, rng) => {
  const { mate, anatomy } = scene;
  if (mate === undefined) return undefined;
  const place = pick(rng, inside(scene, anatomy.expressions));
  const gift = pick(
    rng,
    mate.anatomy.expressions.filter(
      (other) => other.sort === place?.sort && isInside(mate.source.spans, other),
    ),
  );
  return place && gift && [put(place, operand(mate, gift))];
};

export const expressionChanges: Readonly<Record<string, Change>> = {
  operator,
  negate,
  operands,
  replace,
  hoist,
  choice,
  combine,
  graft,
};
