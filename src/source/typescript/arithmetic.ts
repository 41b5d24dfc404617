/**
 * Arithmetic of a program, taken out into the closed language, varied there with all its types, and
 * printed back in its place. Only operators that print without helper functions are grown, because a
 * program of somebody else has no place for these.
 */

import { PacelineError } from '../../core/errors.ts';
import type { Rng } from '../../core/rng.ts';
import { checkForest, type Forest, treeSize, typeOf } from '../../lang/forest.ts';
import type { OperatorWeights } from '../../lang/generate.ts';
import { VARIATIONS } from '../../lang/operators.ts';
import { readExpression } from '../../lang/parse-expression.ts';
import { printTypeScript } from '../../lang/print.ts';
import type { SlotSpec, Vocabulary } from '../../lang/vocabulary.ts';
import { isInside, pick } from '../edit.ts';
import { put } from '../grammar/expressions.ts';
import type { Change } from '../grammar/scene.ts';
import { memoised } from '../memo.ts';
import { type Ast, childrenOf, isName, namesOf } from './tree.ts';

/** Those that need a helper never; curves rarely. */
const WEIGHTS: OperatorWeights = { '/': 0, sq: 0, exp: 0.1, log1p: 0.1, tanh: 0.1, sin: 0.05 };
const GROW = { maxDepth: 3, constantSd: 2, weights: WEIGHTS } as const;
const SIGMA = 0.3;
const MAX_NODES = 60;

/** Fewer nodes are a name or a number: other variations change these. */
const LEAST_NODES = 3;

const SLOT = 'arithmetic';

/** An expression of the closed language, with what it may name. */
interface Found {
  readonly start: number;
  readonly end: number;
  readonly forest: Forest;
  readonly slot: SlotSpec;
}

export function arithmeticOf(programOf: (text: string) => Ast): Change {
  const found = memoised((text) => expressionsOf(text, programOf(text)));
  return ({ source, mate }, rng) => {
    const all = found(source.text);
    const place = pick(
      rng,
      all.filter((found) => isInside(source.spans, found)),
    );
    if (place === undefined) return undefined;
    const lent = mate ? found(mate.text) : all;
    const text = varied(place, lent, rng);
    return text === undefined ? undefined : [put(place, `(${text})`)];
  };
}

function varied({ forest, slot }: Found, lent: readonly Found[], rng: Rng): string | undefined {
  const variation = pick(rng, Object.values(VARIATIONS));
  const donors = lent.filter((one) => one.slot.inputs.every((name) => slot.inputs.includes(name)));
  const donor = pick(rng, donors)?.forest ?? forest;
  const options = { grow: GROW, sigma: SIGMA, maxNodes: MAX_NODES };
  const child = variation?.(rng, { forest, slot, donor }, options);
  return child && printed(child, slot);
}

/** The expression alone; undefined where it cannot stand without the helpers. */
function printed(forest: Forest, slot: SlotSpec): string | undefined {
  const source = printTypeScript(forest, { slots: [slot] });
  const body = /\{\n {2}return ([\s\S]*?);\n\}/.exec(source)?.[1];
  const text = body?.startsWith('finite(') ? body.slice('finite'.length) : body;
  return text === undefined || /\b(?:div|square|grid|finite)\(/.test(text) ? undefined : text;
}

/** Largest expressions of the closed language, each with the numeric parameters around it. */
function expressionsOf(source: string, program: Ast): readonly Found[] {
  const found: Found[] = [];
  const visit = (node: Ast, parameters: readonly string[]): void => {
    const closed = closedOf(source, node, parameters);
    if (closed !== undefined) {
      found.push(closed);
      return;
    }
    const own = ((node.params as readonly Ast[] | undefined) ?? []).filter(isNumeric);
    const names = own.flatMap(namesOf).map(({ name }) => String(name));
    for (const { field, node: child } of childrenOf(node)) {
      if (!isName(node, field) && field !== 'params') visit(child, [...parameters, ...names]);
    }
  };
  visit(program, []);
  return found;
}

/** A parameter that says `: number`. */
function isNumeric({ type, typeAnnotation }: Ast): boolean {
  const annotation = typeAnnotation as { readonly typeAnnotation?: Ast } | null | undefined;
  return type === 'Identifier' && annotation?.typeAnnotation?.type === 'TSNumberKeyword';
}

const READABLE = /^(?:Binary|Logical|Conditional|Unary|Call)Expression$/;

function closedOf(source: string, node: Ast, parameters: readonly string[]): Found | undefined {
  if (!READABLE.test(node.type)) return undefined;
  const inputs = [...new Set([...namesIn(node), ...parameters])];
  if (inputs.length === 0) return undefined;
  try {
    const tree = readExpression(node, {
      source,
      inputs,
      tables: new Map(),
      usedTables: new Set(),
      usedHelpers: new Set(),
    });
    const slot: SlotSpec = { name: SLOT, inputs, result: typeOf(tree) };
    const vocabulary: Vocabulary = { slots: [slot] };
    const forest = checkForest({ slots: { [SLOT]: tree } }, vocabulary);
    if (treeSize(tree) < LEAST_NODES) return undefined;
    return { start: node.start, end: node.end, forest, slot };
  } catch (error) {
    if (PacelineError.is(error)) return undefined;
    throw error;
  }
}

/** Variables of an expression: what it calls is none. */
function namesIn(node: Ast): readonly string[] {
  if (node.type === 'Identifier') return [String(node.name)];
  return childrenOf(node)
    .filter(({ field }) => !isName(node, field) && field !== 'callee')
    .flatMap(({ node: child }) => namesIn(child));
}
