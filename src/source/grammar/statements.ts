/** Changes of statements among their siblings, with the lines they stand on. */
import { type Edit, isInside, pick, pickTwo } from '../edit.ts';
import type { Source, Span } from '../language.ts';
import { inside, put, textOf } from './expressions.ts';
import type { Change, Scene } from './scene.ts';

/** The white space a place's line begins with. */
export function indentOf({ text }: Pick<Source, 'text'>, { start }: Span): string {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, start))?.[0] ?? '';
}

/** A statement's text, its later lines moved from its own depth to another. */
export function moved(source: Pick<Source, 'text'>, span: Span, indent: string): string {
  const own = indentOf(source, span);
  const [first = '', ...rest] = textOf(source, span).split('\n');
  const shift = (line: string): string =>
    line.trim() === '' ? '' : line.startsWith(own) ? indent + line.slice(own.length) : line;
  return [first, ...rest.map(shift)].join('\n');
}

/** A new statement before an old one, at its depth. */
export function insertBefore({ source }: Scene, place: Span, text: string): Edit {
  return { start: place.start, end: place.start, text: `${text}\n${indentOf(source, place)}` };
}

/** The statement gone, and its line with it where nothing else stands there. */
function erase({ source: { text, spans } }: Scene, span: Span): Edit {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const newline = text.indexOf('\n', span.end);
  const end = newline < 0 ? text.length : newline + 1;
  const rest = text.slice(start, span.start) + text.slice(span.end, end);
  const line = { start, end };
  return rest.trim() === '' && isInside(spans, line) ? put(line, '') : put(span, '');
}

/** Lists of siblings that may change, with at least so many members. */
function blocksOf(scene: Scene, least: number): readonly (readonly Span[])[] {
  return scene.anatomy.blocks
    .map((block) => inside(scene, block))
    .filter((block) => block.length >= least);
}

const remove: Change = (scene, rng) => {
  const { anatomy, style } = scene;
  const unit = pick(rng, inside(scene, anatomy.blocks.flat()));
  if (unit === undefined) return undefined;
  const isLast = anatomy.blocks.some((block) => block.length === 1 && block.includes(unit));
  return [isLast && style.nothing !== '' ? put(unit, style.nothing) : erase(scene, unit)];
};

const duplicate: Change = (scene, rng) => {
  const { source } = scene;
  const unit = pick(rng, inside(scene, scene.anatomy.blocks.flat()));
  return unit && [insertBefore(scene, unit, textOf(source, unit))];
};

const swap: Change = (scene, rng) => {
  const pair = pickTwo(rng, pick(rng, blocksOf(scene, 2)) ?? []);
  if (pair === undefined) return undefined;
  const [a, b] = pair;
  return [put(a, textOf(scene.source, b)), put(b, textOf(scene.source, a))];
};

/** A statement goes before another one, in its own block or any. */
const move: Change = (scene, rng) => {
  const { source } = scene;
  const all = inside(scene, scene.anatomy.blocks.flat());
  const pair = pickTwo(rng, rng.int(2) === 0 ? all : (pick(rng, blocksOf(scene, 2)) ?? []));
  if (pair === undefined) return undefined;
  const [from, to] = rng.int(2) === 0 ? pair : [pair[1], pair[0]];
  const text = moved(source, from, indentOf(source, to));
  return [erase(scene, from), insertBefore(scene, to, text)];
};

/** A statement of the mate stands before one of ours, or for it. */
const crossover: Change = (scene, rng) => {
  const { mate, source } = scene;
  if (mate === undefined) return undefined;
  const place = pick(rng, inside(scene, scene.anatomy.blocks.flat()));
  const gifts = mate.anatomy.blocks.flat().filter((span) => isInside(mate.source.spans, span));
  const gift = pick(rng, gifts);
  if (place === undefined || gift === undefined) return undefined;
  const text = moved(mate, gift, indentOf(source, place));
  return [rng.int(2) === 0 ? put(place, text) : insertBefore(scene, place, text)];
};

export const statementChanges: Readonly<Record<string, Change>> = {
  delete: remove,
  duplicate,
  swap,
  move,
  crossover,
};
