/** Changes of loops and of the branches that guard statements. */
import { pick } from '../edit.ts';
import type { Span } from '../language.ts';
import type { Loop } from './anatomy.ts';
import { anyTest, contains, inside, operand, put, textOf } from './expressions.ts';
import type { Change } from './scene.ts';
import { indentOf, insertBefore, moved } from './statements.ts';

/** Steps that a loop by ones may take instead. */
const STEPS = [2, 3, 4] as const;

/** A statement runs only when a test holds. */
const guard: Change = (scene, rng) => {
  const { source, style } = scene;
  const unit = pick(rng, inside(scene, scene.anatomy.blocks.flat()));
  const test = anyTest(scene, rng);
  if (unit === undefined || test === undefined) return undefined;
  const indent = indentOf(source, unit);
  return [put(unit, style.guard(test, textOf(source, unit), indent))];
};

/** What a branch guarded runs always. */
const unguard: Change = (scene, rng) => {
  const { source, anatomy } = scene;
  const wholes = new Set(
    inside(
      scene,
      anatomy.guards.map(({ whole }) => whole),
    ),
  );
  const found = pick(
    rng,
    anatomy.guards.filter(({ whole, body }) => wholes.has(whole) && body.length > 0),
  );
  if (found === undefined) return undefined;
  const indent = indentOf(source, found.whole);
  const lines = found.body.map((unit) => moved(source, unit, indent));
  return [put(found.whole, lines.join(`\n${indent}`))];
};

/** A loop ends early when a test holds. */
const leave: Change = (scene, rng) => {
  const { source, style, anatomy } = scene;
  const place = pick(
    rng,
    inside(
      scene,
      anatomy.loops.flatMap(({ body }) => body),
    ),
  );
  const test = anyTest(scene, rng);
  if (place === undefined || test === undefined) return undefined;
  return [insertBefore(scene, place, style.breakIf(test, indentOf(source, place)))];
};

/** A loop runs further, less far, or to another value. */
const bound: Change = (scene, rng) => {
  const { source, anatomy } = scene;
  const place = pick(rng, inside(scene, anatomy.bounds));
  if (place === undefined) return undefined;
  const own = operand(source, place);
  const values = anatomy.expressions.filter(({ sort }) => sort === place.sort);
  const other = pick(rng, values);
  const text = pick(rng, [`${own} - 1`, `${own} + 1`, other && operand(source, other)]);
  return text === undefined ? undefined : [put(place, text)];
};

const stride: Change = (scene, rng) => {
  const place = pick(rng, inside(scene, scene.anatomy.steps));
  const by = pick(rng, STEPS);
  const text = place && by && scene.style.step?.(place.name, by * place.by);
  return text ? [put(place as Span, text)] : undefined;
};

/** Of two loops of which one is all that the other does, the inner one runs outside. */
const order: Change = (scene, rng) => {
  const { source, anatomy } = scene;
  const nests = anatomy.loops.flatMap((outer): readonly (readonly [Loop, Loop])[] => {
    const [only] = outer.body.length === 1 ? outer.body : [];
    const inner = only && anatomy.loops.find((loop) => leads(only, loop));
    return inner === undefined ? [] : [[outer, inner]];
  });
  const nest = pick(
    rng,
    nests.filter(
      (pair) =>
        inside(
          scene,
          pair.map(({ header }) => header),
        ).length === 2,
    ),
  );
  if (nest === undefined) return undefined;
  const [a, b] = [nest[0].header, nest[1].header];
  return [put(a, textOf(source, b)), put(b, textOf(source, a))];
};

const leads = (unit: Span, { header }: Loop): boolean =>
  header.start === unit.start && contains(unit, header);

export const loopChanges: Readonly<Record<string, Change>> = {
  guard,
  unguard,
  leave,
  bound,
  stride,
  order,
};
